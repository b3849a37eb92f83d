using System.Globalization;

namespace SynapseFs.Core.Writing;

/// <summary>What an entry remembers of its last attempt: which staged content was sent, and under which remote id its bytes are.</summary>
/// <param name="Staged">The staged content's number; 0 for what has no bytes.</param>
/// <param name="Content">The remote id; empty for what has no bytes.</param>
internal sealed record SentMark(long Staged, string Content)
{
    public static SentMark? Parse(string? text) =>
        text is not null && text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
        && long.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var staged)
            ? new SentMark(staged, text[(slash + 1)..])
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Staged}/{Content}");
}
