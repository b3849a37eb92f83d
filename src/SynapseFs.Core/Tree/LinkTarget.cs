namespace SynapseFs.Core.Tree;

/// <summary>Texts of symbolic links. Paths from the mount's root begin with '/'. Pure.</summary>
internal static class LinkTarget
{
    /// <summary>The shortest text for a link in <paramref name="directory"/>: it holds wherever the mount is. What does not begin with '/' is left as it is.</summary>
    public static string Relative(string fromRoot, string directory)
    {
        if (!fromRoot.StartsWith('/'))
            return fromRoot;
        var (from, to) = (Parts(directory), Parts(fromRoot));
        var common = 0;
        while (common < from.Length && common < to.Length && from[common] == to[common])
            common++;
        string[] steps = [.. Enumerable.Repeat("..", from.Length - common), .. to.Skip(common)];
        return steps.Length == 0 ? "." : string.Join('/', steps);
    }

    /// <summary>Where a text leads by its words alone, from the mount's root; null when that is outside.</summary>
    /// <param name="directory">The link's own directory.</param>
    /// <param name="text">As a person wrote it: relative, or absolute and below the mountpoint.</param>
    /// <param name="mountpoint">Null when there is none.</param>
    public static string? FromRoot(string directory, string text, string? mountpoint)
    {
        var path = new Stack<string>();
        if (!text.StartsWith('/'))
        {
            foreach (var part in Parts(directory))
                path.Push(part);
        }
        else if (BelowMountpoint(text, mountpoint) is { } below)
        {
            text = below;
        }
        else
        {
            return null;
        }

        foreach (var part in Parts(text).Where(part => part != "."))
        {
            if (part != "..")
                path.Push(part);
            else if (!path.TryPop(out _))
                return null;
        }

        return "/" + string.Join('/', path.Reverse());
    }

    /// <summary>An absolute path's rest below the mountpoint; null when it is elsewhere.</summary>
    public static string? BelowMountpoint(string path, string? mountpoint)
    {
        var prefix = mountpoint is null ? null : mountpoint.TrimEnd('/') + "/";
        if (prefix is null || !(path + "/").StartsWith(prefix, StringComparison.Ordinal))
            return null;
        return path.Length < prefix.Length ? string.Empty : path[prefix.Length..];
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
