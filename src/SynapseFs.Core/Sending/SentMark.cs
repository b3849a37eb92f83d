using System.Globalization;
using SynapseFs.Core.Providers;

namespace SynapseFs.Core.Sending;

/// <summary>
/// What an entry remembers of its last attempt, written down before the remote side is asked: what it finds there later may be its own
/// work, whose answer never came.
/// </summary>
/// <param name="Staged">The number of the staged content that was sent; 0 for none.</param>
/// <param name="Content">The remote id under which its bytes are; empty for none.</param>
/// <param name="Place">Where the thing was to be; null when its place was not to change.</param>
internal sealed record SentMark(long Staged, string Content, NodePlace? Place)
{
    // No id has a slash in it, and no name.
    private const char Separator = '/';

    public static SentMark? Parse(string? text)
    {
        if (text?.Split(Separator) is not { Length: 2 or 4 } parts
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var staged))
            return null;
        return new SentMark(staged, parts[1], parts.Length == 4 ? new NodePlace(parts[2], parts[3]) : null);
    }

    public override string ToString()
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{Staged}{Separator}{Content}");
        return Place is null ? mark : $"{mark}{Separator}{Place.Parent}{Separator}{Place.Name}";
    }
}
