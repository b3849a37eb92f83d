namespace SynapseFs.Testing.Processes;

/// <summary>Where the build put things.</summary>
public static class ProgramFiles
{
    /// <summary>The checkout's top folder: the nearest above the running test that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>
    /// The synapsefs program under test: the one that SYNAPSEFS_PROGRAM names, else the development build beside this test's own.
    /// </summary>
    public static string Synapsefs { get; } = Environment.GetEnvironmentVariable("SYNAPSEFS_PROGRAM") is { Length: > 0 } named
        ? named
        : Path.Combine(Repository, "artifacts", "bin", "SynapseFs.Cli", Configuration, "synapsefs");

    /// <summary>
    /// A copy of the program in a folder of that directory, for users who cannot enter the checkout; its path. A native program
    /// needs only the library beside it, a development build all of its folder.
    /// </summary>
    public static async Task<string> CopySynapsefsAsync(string directory)
    {
        var folder = Path.GetDirectoryName(Synapsefs)!;
        var copy = Path.Combine(directory, $"program-{Guid.NewGuid():N}");
        var line = File.Exists(Path.Combine(folder, "synapsefs.dll"))
            ? $"cp -r '{folder}' '{copy}'"
            : $"mkdir '{copy}' && cp '{Synapsefs}' '{folder}'/*.so '{copy}' && chmod -R a+rX '{copy}'";
        _ = (await Command.ShellAsync(line)).Text;
        return Path.Combine(copy, Path.GetFileName(Synapsefs));
    }

    /// <summary>"debug" or "release", as the running test was built.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SynapseFs.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No SynapseFs.sln above {AppContext.BaseDirectory}.");
    }
}
