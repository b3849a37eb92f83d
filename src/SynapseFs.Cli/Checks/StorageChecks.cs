using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Cli.Options;
using SynapseFs.Store;

namespace SynapseFs.Cli.Checks;

/// <summary>Whether what is read can be kept.</summary>
internal static class StorageChecks
{
    private const string CacheName = "cache";
    private const long LittleSpace = 1L << 30;

    public static CheckResult Cache(string directory)
    {
        try
        {
            PrivateFile.CreateDirectory(directory);
            var probe = Path.Combine(directory, $"probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "x");
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CliException)
        {
            return CheckResult.Fail(CacheName, $"{directory} cannot be written: {problem.Message}", "Give the directory back to yourself, or mount with --cache-dir DIR.");
        }
        var free = new DriveInfo(directory).AvailableFreeSpace;
        return free < LittleSpace
            ? CheckResult.Warn(CacheName, $"Only {ByteSizeText.Format(free)} are free at {directory}.", "Make room, or mount with --cache-dir on a larger disk.")
            : CheckResult.Ok(CacheName, $"{directory} is writable, {ByteSizeText.Format(free)} free.");
    }

    /// <summary>Opens a throw-away cache: the library loads and its files can be made.</summary>
    public static CheckResult Sqlite()
    {
        const string Name = "SQLite";
        var folder = Directory.CreateTempSubdirectory("synapsefs-doctor-");
        try
        {
            using var cache = CacheDirectory.Open(folder.FullName, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
            return CheckResult.Ok(Name, "Its library loads and databases can be made.");
        }
        catch (StoreException problem)
        {
            return CheckResult.Fail(Name, problem.Message, $"Look at the space and the permissions of {folder.Parent}.");
        }
        catch (Exception problem) when (problem is DllNotFoundException or TypeInitializationException)
        {
            return CheckResult.Fail(
                Name, $"Its library does not load: {(problem.InnerException ?? problem).Message}", $"Put libe_sqlite3.so into {AppContext.BaseDirectory}, as scripts/build does.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
