namespace SynapseFs.Cli;

/// <summary>Paths as the kernel's mount table spells them: absolute, without symbolic links.</summary>
internal static class RealPath
{
    /// <summary>Follows every link on the way; parts that do not exist, or cannot be looked at, stay as they are.</summary>
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var walked = Path.GetPathRoot(full) ?? "/";
        foreach (var part in full[walked.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(walked, part);
            walked = FollowLink(next) is { } target ? Of(target) : next;
        }
        return walked;
    }

    private static string? FollowLink(string path)
    {
        try
        {
            return new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // Missing, a circle, or a mount whose process is gone.
            return null;
        }
    }
}
