using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Annotations;

/// <summary>What the extended attributes of an entity are: its annotations, facts about it, and those that programs set for themselves.</summary>
internal sealed class EntityXattrs(IReadOnlyList<string> localNames)
{
    private const string Prefix = "user.";

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly LocalNames _localNames = new(localNames);

    public XattrRole RoleOf(string name) =>
        !name.StartsWith(Prefix, StringComparison.Ordinal) || name.Length == Prefix.Length ? XattrRole.None
        : name.StartsWith(EntityXattrNames.Facts, StringComparison.Ordinal) ? XattrRole.Fact
        : _localNames.Contains(name) ? XattrRole.Local
        : XattrRole.Remote;

    /// <exception cref="FsException">InvalidArgument, TooLarge, NoSpace: no annotation can be so.</exception>
    public WantedXattr Check(string name, ReadOnlySpan<byte> value, IReadOnlyDictionary<string, string> present)
    {
        var key = KeyText.Parse(AnnotationXattrs.KeyOf(name));
        var text = TextOf(value);
        var values = AnnotationValues.Resolve(AnnotationValues.Read(text), key.Type, present: null);
        var shown = AnnotationXattrs.NameOf(key.Name)
            ?? throw new FsException(FsError.InvalidArgument, $"'{key.Name}' is too long for the name of an extended attribute.");
        if (!present.ContainsKey(shown))
            KeyText.RequireRoom(present.Keys.Count(other => RoleOf(other) == XattrRole.Remote) + 1);
        return new WantedXattr(shown, key.Type is null ? text : AnnotationText.Format(values), key.Type);
    }

    private static string TextOf(ReadOnlySpan<byte> value)
    {
        try
        {
            return Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            throw new FsException(FsError.InvalidArgument, "An annotation is text, and these bytes are no UTF-8.");
        }
    }
}
