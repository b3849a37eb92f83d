using System.Text;

namespace SynapseFs.Entities.Annotations;

/// <summary>Which extended attribute an annotation key becomes. Pure.</summary>
internal static class AnnotationXattrs
{
    private const string Prefix = "user.";

    /// <summary>Longest name of an extended attribute in bytes; the kernel refuses to ask for a longer one.</summary>
    private const int MaximumNameBytes = 255;

    /// <summary>
    /// The attribute's full name, or null where no such attribute can be. A key that would look like a fact of ours (it begins with
    /// <c>synapse.</c>) has its first letter escaped; '%' is in no key.
    /// </summary>
    public static string? NameOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var shown = key.StartsWith("synapse.", StringComparison.Ordinal) ? "%73" + key[1..] : key;
        var name = Prefix + shown;
        return key.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaximumNameBytes ? name : null;
    }

    /// <summary>The key that an attribute's name tells, with a type after it if one is forced.</summary>
    public static string KeyOf(string name)
    {
        var key = name[Prefix.Length..];
        return key.StartsWith("%73ynapse.", StringComparison.Ordinal) ? "s" + key[3..] : key;
    }

    /// <summary>Adds all annotations to a set of extended attributes.</summary>
    public static void AddTo(IDictionary<string, string> xattrs, Api.Annotations? annotations)
    {
        ArgumentNullException.ThrowIfNull(xattrs);
        foreach (var (key, value) in annotations?.Values ?? new Dictionary<string, Api.AnnotationsValue>())
        {
            if (NameOf(key) is { } name)
                xattrs[name] = AnnotationText.Format(value);
        }
    }
}
