using System.Text;

namespace SynapseFs.Core.Tree;

/// <summary>Turns a target told from the mount's root into one that holds wherever the mount is.</summary>
internal static class LinkTarget
{
    /// <summary>
    /// The target relative to a link that lies <paramref name="depth"/> directories below the root (0: in the root itself).
    /// What does not begin with '/' is left as it is.
    /// </summary>
    public static string Relative(string fromRoot, int depth)
    {
        if (!fromRoot.StartsWith('/'))
            return fromRoot;
        var path = new StringBuilder();
        for (var i = 0; i < depth; i++)
            path.Append("../");
        path.Append(fromRoot.AsSpan().TrimStart('/'));
        return path.Length == 0 ? "." : path.ToString();
    }
}
