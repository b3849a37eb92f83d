using SynapseFs.Benchmarks.Yardsticks;
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

    public int ProcessId => processId;

    /// <summary>Its daemon's largest resident memory so far, bytes.</summary>
    public long LargestMemory => ProcessFacts.Status(processId, "VmHWM");

    public async Task<string> AttributeAsync(string name) => (await Command.RunAsync(
        "python3", ["-c", "import os, sys; print(os.getxattr(sys.argv[1], sys.argv[2]).decode())", File, name])).Text;

    /// <summary>Whether nothing of it stands any more.</summary>
    public bool HasEnded { get; private set; }

    public async Task EndAsync()
    {
        _ = (await Command.RunAsync(program, ["unmount", mountpoint], environment)).Text;
        HasEnded = true;
    }

    /// <summary>Ends it, and what it kept goes.</summary>
    public async Task EndAndForgetAsync()
    {
        await EndAsync();
        Directory.Delete(cacheDirectory, recursive: true);
    }
}
