using System.Diagnostics;
using System.Globalization;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Yardsticks;

/// <summary>What the line and the server give without a filesystem: curl with one or several ranges at a time.</summary>
internal static class Curl
{
    /// <param name="url">Where all ranges come from.</param>
    /// <param name="length">Bytes in all.</param>
    /// <param name="connections">Ranges at a time, equally long, each a process.</param>
    /// <param name="folder">Where each range becomes a file, gone afterwards; null: nothing is kept.</param>
    public static async Task<TimeSpan> FetchAsync(string url, long length, int connections, string? folder)
    {
        if (folder is not null)
            Directory.CreateDirectory(folder);
        var clock = Stopwatch.StartNew();
        var step = length / connections;
        var runs = Enumerable.Range(0, connections).Select(number => Command.RunAsync(
            "curl",
            [
                "-sf", "-o", folder is null ? "/dev/null" : Path.Combine(folder, $"{number}"),
                "-r", string.Create(CultureInfo.InvariantCulture, $"{number * step}-{(number + 1) * step - 1}"), url,
            ]));
        foreach (var result in await Task.WhenAll(runs))
            _ = result.Text;
        var elapsed = clock.Elapsed;
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
        return elapsed;
    }
}
