using System.Text;
using System.Text.RegularExpressions;

namespace SynapseFs.Core.Writing;

/// <summary>
/// Names that programs and systems drop for themselves: they live on this machine only. Patterns know * and ?; letters compare
/// exactly.
/// </summary>
public sealed class LocalNames
{
    public static readonly IReadOnlyList<string> Defaults =
    [
        ".DS_Store", "._*", "Thumbs.db", "desktop.ini", ".~lock.*#", "*.swp", "*.swo", "*.swpx", "*.swx", "*~", "#*#", ".#*", "~$*", ".nfs*",
        ".fuse_hidden*", ".goutputstream-*", ".Trash-*", ".directory", ".no-provenance",
    ];

    private readonly Regex _pattern;

    public LocalNames(IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var text = new StringBuilder("^(?!)");
        foreach (var pattern in patterns)
            text.Append("|^").Append(Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".")).Append('$');
        _pattern = new Regex(text.ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public bool Contains(string name) => _pattern.IsMatch(name);
}
