using System.Security.Cryptography;
using System.Text;

namespace SynapseFs.Cli.Unsent;

/// <summary>
/// Where mounts have kept their caches: all directories below the cache root, and those that --cache-dir named, each remembered by a
/// small file with its path in it.
/// </summary>
internal sealed class KnownCaches(string cacheRoot, string stateRoot)
{
    private readonly string _elsewhere = Path.Combine(stateRoot, "caches");

    public static KnownCaches Of(Surroundings surroundings) => new(surroundings.CacheRoot, surroundings.StateRoot);

    public void Remember(string directory)
    {
        if (Path.GetDirectoryName(directory) == cacheRoot)
            return;
        PrivateFile.CreateDirectory(_elsewhere);
        PrivateFile.Write(PointerOf(directory), directory);
    }

    /// <summary>The directories that are there right now: a disk may be away for a while.</summary>
    public IEnumerable<string> List()
    {
        if (Directory.Exists(cacheRoot))
            foreach (var directory in Directory.EnumerateDirectories(cacheRoot))
                yield return directory;
        if (!Directory.Exists(_elsewhere))
            yield break;
        foreach (var pointer in Directory.GetFiles(_elsewhere))
        {
            var directory = File.ReadAllText(pointer);
            if (Directory.Exists(directory))
                yield return directory;
        }
    }

    private string PointerOf(string directory) =>
        Path.Combine(_elsewhere, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..16]);
}
