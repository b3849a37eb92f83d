using System.Globalization;
using SynapseFs.Core.Providers;

namespace SynapseFs.Core.Sending;

/// <summary>
/// What an entry remembers of its attempts, written down before the remote side is asked: what it finds there later may be its own work,
/// whose answer never came.
/// </summary>
/// <param name="Staged">The number of the staged content that was sent last; 0 for none.</param>
/// <param name="Contents">The remote ids under which bytes were sent, the last first; empty for what has none.</param>
/// <param name="Place">Where the thing was to be; null when its place was not to change.</param>
internal sealed record SentMark(long Staged, IReadOnlyList<string> Contents, NodePlace? Place)
{
    // No id has one of these in it, and no name a slash.
    private const char Separator = '/';
    private const char Comma = ',';
    private const int MostContents = 16;

    /// <summary>The last one's id; null for none.</summary>
    public string? Content => Contents.Count == 0 ? null : Contents[0];

    public static SentMark? Parse(string? text)
    {
        if (text?.Split(Separator) is not { Length: 2 or 4 } parts
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var staged))
            return null;
        var contents = parts[1].Split(Comma, StringSplitOptions.RemoveEmptyEntries);
        return new SentMark(staged, contents, parts.Length == 4 ? new NodePlace(parts[2], parts[3]) : null);
    }

    /// <summary>The mark after one more attempt.</summary>
    /// <param name="before">The mark before it.</param>
    /// <param name="staged">What is sent; null when only the place is.</param>
    /// <param name="content">Its remote id; empty for none.</param>
    public static SentMark Next(SentMark? before, long? staged, string content, NodePlace? place)
    {
        IEnumerable<string> older = before?.Contents ?? [];
        string[] latest = content.Length == 0 ? [] : [content];
        return new SentMark(
            staged ?? before?.Staged ?? 0, [.. latest.Concat(older.Where(id => id != content)).Take(MostContents)], place ?? before?.Place);
    }

    /// <summary>What is known of attempts at a thing that a node takes over, which has made attempts of its own.</summary>
    /// <param name="taken">Of the thing; null for none.</param>
    /// <param name="own">Of the node; null for none.</param>
    public static SentMark? Merged(SentMark? taken, SentMark? own) => taken is null ? own : new SentMark(
        own?.Staged ?? 0, [.. (own?.Contents ?? []).Concat(taken.Contents).Distinct().Take(MostContents)], taken.Place);

    public override string ToString()
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{Staged}{Separator}{string.Join(Comma, Contents)}");
        return Place is null ? mark : $"{mark}{Separator}{Place.Parent}{Separator}{Place.Name}";
    }
}
