using System.Text;
using SynapseFs.Api;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// The order in which a wiki's pages are shown, as a text: a page's path a line, each right before the pages below it. The service keeps
/// one list of ids for a whole wiki; pages that it does not name come last, the oldest first. Pure.
/// </summary>
internal static class WikiOrder
{
    /// <summary>The text; empty when no page is below the root.</summary>
    /// <param name="order">The service's list; null: there is none.</param>
    public static string TextOf(WikiTree tree, IReadOnlyList<string>? order)
    {
        var text = new StringBuilder();
        foreach (var (path, _) in Paths(tree, order ?? []))
            text.Append(path).Append('\n');
        return text.ToString();
    }

    /// <summary>The list that shows the pages as a text wants them, its root first.</summary>
    /// <param name="present">The list now: it says where pages come that the text does not name, after those that it does.</param>
    /// <exception cref="FsException">InvalidArgument: a line names no page, or a page a second time.</exception>
    public static IReadOnlyList<string> Parse(WikiTree tree, IReadOnlyList<string>? present, string text)
    {
        var pages = Paths(tree, present ?? []).ToDictionary(page => page.Path, page => page.Id, StringComparer.Ordinal);
        var wanted = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim('\r')))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (!pages.TryGetValue(line, out var page))
                throw Invalid($"line {number} names '{line}', and there is no such page in Synapse (one made just now is there after 'synapsefs wait').");
            if (wanted.Contains(page))
                throw Invalid($"line {number} names '{line}' a second time.");
            wanted.Add(page);
        }

        IReadOnlyList<string> list = [.. wanted, .. (present ?? []).Except(wanted)];
        return tree.Root?.Id is { } root ? [root, .. Paths(tree, list).Select(page => page.Id)] : [];
    }

    // All pages below the root, in the order of a list of ids.
    private static IEnumerable<(string Path, string Id)> Paths(WikiTree tree, IReadOnlyList<string> order)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in order)
            places.TryAdd(id, places.Count);
        return tree.Root?.Id is { } root ? Below(root, "") : [];

        IEnumerable<(string Path, string Id)> Below(string page, string prefix)
        {
            var below = tree.Below(page);
            // Names are told apart by age, whatever the order.
            return below.Zip(WikiNames.Of(below, []), (header, name) => (Id: header.Id!, Path: prefix + name))
                .OrderBy(child => places.GetValueOrDefault(child.Id, int.MaxValue))
                .SelectMany(child => Below(child.Id, $"{child.Path}/").Prepend((child.Path, child.Id)));
        }
    }

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);
}
