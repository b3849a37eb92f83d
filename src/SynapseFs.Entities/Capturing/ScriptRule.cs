namespace SynapseFs.Entities.Capturing;

/// <summary>Whether what an interpreter opens is the script that it is to run. Pure.</summary>
internal static class ScriptRule
{
    /// <param name="arguments">The interpreter's command line.</param>
    /// <param name="directory">Its working directory; null: unknown.</param>
    /// <param name="file">What it opens, with the mountpoint before it.</param>
    public static bool IsScript(IReadOnlyList<string> arguments, string? directory, string file)
    {
        foreach (var argument in arguments.Skip(1))
        {
            // Code on the line itself, or a module by its name: no script.
            if (argument is "-c" or "-m" or "-e" or "-E")
                return false;
            var named = argument.StartsWith("--file=", StringComparison.Ordinal) ? argument["--file=".Length..] : argument;
            if (named.StartsWith('-') || named.Length == 0)
                continue;
            if (Path.GetFullPath(named, directory ?? "/") == file)
                return true;
            // What looks like a file is the script, and anything else an option's value.
            if (named.Contains('/') || named.Contains('.'))
                return false;
        }

        return false;
    }
}
