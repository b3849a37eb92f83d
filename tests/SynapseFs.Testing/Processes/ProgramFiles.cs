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
