using System.Globalization;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>One mount of a <see cref="ReadWorld"/>; ends with <see cref="EndAsync"/>.</summary>
internal sealed class ReadMount(
    string program, IReadOnlyDictionary<string, string> environment, string mountpoint, string cacheDirectory, int processId, TimeSpan mounting)
{
    /// <summary>From the start of the command to its return.</summary>
    public TimeSpan Mounting => mounting;

    /// <summary>The large file, seen through the mount.</summary>
    public string File => Path.Combine(Directory.GetDirectories(mountpoint).Single(), "big");

    /// <summary>The large file as it lies in the cache directory.</summary>
    public string CachedFile => Directory.EnumerateFiles(Path.Combine(cacheDirectory, "content"), "*", SearchOption.AllDirectories)
        .MaxBy(path => new FileInfo(path).Length)!;

    /// <summary>A line of /proc/PID/status in bytes: VmRSS, VmHWM.</summary>
    public long Memory(string name) => 1024 * Number($"/proc/{processId}/status", name);

    /// <summary>read(2) and its kin that the daemon has called: one for each request, and those that answer it.</summary>
    public long ReadCalls() => Number($"/proc/{processId}/io", "syscr");

    /// <summary>Seconds of processor that the daemon has used.</summary>
    public double ProcessorSeconds()
    {
        var fields = System.IO.File.ReadAllText($"/proc/{processId}/stat").Split(") ")[1].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    public async Task<string> AttributeAsync(string name) => (await Command.RunAsync(
        "python3", ["-c", "import os, sys; print(os.getxattr(sys.argv[1], sys.argv[2]).decode())", File, name])).Text;

    public async Task EndAsync() => _ = (await Command.RunAsync(program, ["unmount", mountpoint], environment)).Text;

    private static long Number(string file, string name) => long.Parse(
        System.IO.File.ReadLines(file).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
