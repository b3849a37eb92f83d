using System.Text;

namespace SynapseFs.Entities.Versions;

/// <summary>Labels of versions as names of directories. Pure.</summary>
internal static class VersionLabels
{
    private const int LongestName = 255;

    /// <summary>
    /// Whether a version has a directory of its label's name: not where that cannot be a name, and not where it is a number, as
    /// Synapse gives every version, or could be taken for one.
    /// </summary>
    public static bool IsShown(string label) =>
        label is not ("" or "." or "..") && !label.All(char.IsAsciiDigit) && label.IndexOfAny(['/', '\0']) < 0
        && Encoding.UTF8.GetByteCount(label) <= LongestName;
}
