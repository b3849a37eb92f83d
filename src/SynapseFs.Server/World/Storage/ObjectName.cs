using SynapseFs.Server.World.Files;

namespace SynapseFs.Server.World.Storage;

/// <summary>A stored object's bucket and key, and the one text that names both in the database.</summary>
internal readonly record struct ObjectName(string Bucket, string Key)
{
    // No key of the own bucket begins so: they all begin with a user's number.
    private const char Mark = '@';

    public bool IsOwn => Bucket == Uploads.Bucket;

    public string Text => IsOwn ? Key : $"{Mark}{Bucket}/{Key}";

    public static ObjectName Parse(string text)
    {
        var slash = text.IndexOf('/');
        return text[0] == Mark && slash > 0 ? new ObjectName(text[1..slash], text[(slash + 1)..]) : new ObjectName(Uploads.Bucket, text);
    }
}
