using SynapseFs.Core.Searching;

namespace SynapseFs.Entities.Finding;

/// <summary>Names for things found in many places, once each. Pure.</summary>
internal static class FoundNames
{
    /// <summary>
    /// The name of each: its own. Those that share one have their id before the extension, <c>a%syn12.bam</c>, and
    /// one that reads as a term an '@' before it as well.
    /// </summary>
    public static IReadOnlyDictionary<string, KnownNode> Of(IReadOnlyCollection<KnownNode> found)
    {
        var names = new Dictionary<string, KnownNode>(StringComparer.Ordinal);
        foreach (var same in found.GroupBy(node => Last(node.Path), StringComparer.Ordinal))
        {
            var isAlone = !same.Skip(1).Any() && TermName.Parse(same.Key) is null;
            foreach (var node in same)
                names.TryAdd(isAlone ? same.Key : WithId(same.Key, node), node);
        }

        return names;
    }

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string WithId(string name, KnownNode node)
    {
        var extension = Path.GetExtension(name);
        // What exists here only has no id; its inode's path is its own.
        var id = node.RemoteId.Length > 0 ? node.RemoteId : node.Path.Replace('/', '%');
        var stem = TermName.Parse(name) is null ? name[..^extension.Length] : "@" + name[..^extension.Length];
        return $"{stem}%{id}{extension}";
    }
}
