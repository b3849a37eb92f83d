using System.Security.Cryptography;
using SynapseFs.Core.Writing;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Remote;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Holds what the server has against what a mount shows, once everything is sent.</summary>
internal static class SentCheck
{
    private static readonly LocalNames LocalNames = new(LocalNames.Defaults);

    /// <summary>
    /// Sentences about what differs below a directory of the mount's root. Empty files and names that stay local are not on the server,
    /// and nothing else may lack.
    /// </summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(World world, Mount mount, string directory)
    {
        var remote = (await RemoteTree.ReadAsync(world.Client, world.Project)).Things
            .Where(thing => thing.Key.StartsWith(directory + "/", StringComparison.Ordinal))
            .ToDictionary(thing => thing.Key, thing => thing.Value);
        var complaints = new List<string>();
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (var entry in new DirectoryInfo(mount[directory]).EnumerateFileSystemInfos("*", options))
        {
            var path = Path.GetRelativePath(mount.Mountpoint, entry.FullName);
            if (path.Split('/').Any(LocalNames.Contains))
                continue;
            var isThere = remote.Remove(path, out var thing);
            // Of a file that was emptied the server keeps what it had.
            if (entry is FileInfo { Length: 0 })
                continue;
            if (!isThere)
                complaints.Add($"{path} is not on the server");
            else if (entry is FileInfo && thing!.Versions[^1] != await Md5Async(entry.FullName))
                complaints.Add($"{path} has other bytes on the server");
        }

        return [.. complaints, .. remote.Keys.Select(path => $"{path} is on the server only")];
    }

    private static async Task<string> Md5Async(string path)
    {
        await using var file = File.OpenRead(path);
#pragma warning disable CA5351 // what Synapse compares contents by
        return Convert.ToHexStringLower(await MD5.HashDataAsync(file));
#pragma warning restore CA5351
    }
}
