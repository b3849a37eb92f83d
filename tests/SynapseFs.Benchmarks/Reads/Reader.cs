using System.Diagnostics;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Reads;

/// <summary>Reads a file as a program does, and tells how long it took.</summary>
internal static class Reader
{
    public static TimeSpan InSequence(string path)
    {
        var buffer = new byte[1 << 20];
        var clock = Stopwatch.StartNew();
        using var file = File.OpenHandle(path);
        var read = 0L;
        while (RandomAccess.Read(file, buffer, read) is var count and > 0)
            read += count;
        return read == ReadWorld.Length ? clock.Elapsed : throw new InvalidOperationException($"{path} has {read} bytes.");
    }

    /// <summary>So many reads of <paramref name="size"/> bytes here and there, without opening.</summary>
    public static TimeSpan AtRandom(string path, int size, int count, int seed)
    {
        var buffer = new byte[size];
        var random = new Random(seed);
        using var file = File.OpenHandle(path);
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < count; number++)
        {
            if (RandomAccess.Read(file, buffer, random.NextInt64(ReadWorld.Length / size) * size) != size)
                throw new InvalidOperationException($"{path} ends early.");
        }

        return clock.Elapsed;
    }

    public static TimeSpan FirstByte(string path)
    {
        var clock = Stopwatch.StartNew();
        using var file = File.OpenHandle(path);
        RandomAccess.Read(file, new byte[1], 0);
        return clock.Elapsed;
    }

    /// <summary>What the kernel keeps of these files goes: the next read is the disk's, or the daemon's.</summary>
    public static async Task DropPagesAsync(params string[] paths) => _ = (await Command.RunAsync(
        "python3",
        ["-c", "import os, sys\nfor p in sys.argv[1:]:\n f = os.open(p, os.O_RDONLY); os.posix_fadvise(f, 0, 0, os.POSIX_FADV_DONTNEED); os.close(f)", .. paths])).Text;
}
