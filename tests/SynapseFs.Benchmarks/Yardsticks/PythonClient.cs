using System.Globalization;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Yardsticks;

/// <summary>The official client, getting one file after another by its id as people's scripts do.</summary>
internal static class PythonClient
{
    private const string Script = """
        import sys, time, synapseclient
        repo, auth, file, token, folder, *ids = sys.argv[1:]
        syn = synapseclient.Synapse(repoEndpoint=repo, authEndpoint=auth, fileHandleEndpoint=file, skip_checks=True, silent=True)
        syn.login(authToken=token, silent=True)
        start = time.monotonic()
        for one in ids:
            syn.get(one, downloadLocation=folder)
        print(time.monotonic() - start)
        """;

    /// <summary>Seconds for so many files; null where the client is not installed.</summary>
    public static async Task<double?> GetAsync(ListingWorld world, string folder, int files)
    {
        if ((await Command.RunAsync("python3", ["-c", "import synapseclient"])).ExitCode != 0)
            return null;
        Directory.CreateDirectory(folder);
        var server = world.Server;
        var got = await Command.RunAsync(
            "python3",
            [
                "-c", Script, $"{server.RepoEndpoint}".TrimEnd('/'), $"{server.AuthEndpoint}".TrimEnd('/'), $"{server.FileEndpoint}".TrimEnd('/'),
                server.FirstUser.Token, folder, .. world.Files.Take(files),
            ],
            world.Environment);
        return double.Parse(got.Lines[^1], CultureInfo.InvariantCulture);
    }
}
