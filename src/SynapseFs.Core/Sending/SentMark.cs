using System.Globalization;

namespace SynapseFs.Core.Sending;

/// <summary>
/// What an entry remembers of its last attempt, written down before the remote side is asked: these bytes are there already, and what is
/// new and found with them is our own work, whose answer never came.
/// </summary>
/// <param name="Staged">The number of the staged content that was sent; 0 for none.</param>
/// <param name="Content">The remote id under which its bytes were sent; empty for what has none.</param>
internal sealed record SentMark(long Staged, string Content)
{
    // No id has one of these in it.
    private const char Separator = '/';

    public static SentMark? Parse(string? text) =>
        text?.Split(Separator) is [var number, var content] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var staged)
            ? new SentMark(staged, content)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Staged}{Separator}{Content}");
}
