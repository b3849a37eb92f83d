using SynapseFs.Core.Writing;
using SynapseFs.Store;

namespace SynapseFs.Core;

/// <summary>A content in doubt in a sentence for a person.</summary>
public static class DoubtText
{
    /// <summary>Null where there is nothing to be done: nobody was given any of it.</summary>
    public static string? Of(DoubtfulContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var name = content.Paths.Count == 0
            ? $"Content {content.Key.Id}"
            : $"{string.Join(", ", content.Paths.Select(path => $"'{path}'"))} (content {content.Key.Id})";
        return content.Finding switch
        {
            DoubtFinding.Unchecked => Notices.OnOneLine(
                $"{name} was read and is not held against its MD5 yet; a mount does that when it begins if all of it is still here, else when " +
                "it is read again."),
            DoubtFinding.Misled => Notices.OnOneLine(
                $"{name} came with bytes that do not have its MD5, and some were read before that was known: read it again."),
            DoubtFinding.Refused => Notices.OnOneLine(
                $"{name} came twice with bytes that do not have its MD5; it was refused and nothing of it is kept. What was read of it is not " +
                "to be trusted."),
            _ => null,
        };
    }
}
