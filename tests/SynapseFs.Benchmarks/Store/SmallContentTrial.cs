using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store;

namespace SynapseFs.Benchmarks.Store;

/// <summary>
/// Where is a content better kept, in the database or in a file of its own? Many contents of one length are written and read by the
/// store's own road, in turns, the best of three rounds each; the answer sets <see cref="StoreOptions.SmallContentLimit"/>.
/// </summary>
internal static class SmallContentTrial
{
    private const int Total = 32 << 20;
    private const int MostContents = 2048;
    private const int Rounds = 3;
    private static readonly int[] Lengths = [1 << 10, 4 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10];

    public static void Run(TextWriter output)
    {
        output.WriteLine("length    contents   written, µs each         read, µs each            on disk, KiB each");
        output.WriteLine("                     database     file        database     file        database     file");
        foreach (var length in Lengths)
        {
            var count = Math.Min(Total / length, MostContents);
            var database = Figures.None;
            var file = Figures.None;
            for (var round = 0; round < Rounds; round++)
            {
                database = database.Best(Try(1 << 20, length, count));
                file = file.Best(Try(0, length, count));
            }
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{length >> 10,4} KiB {count,10} {database.Write,12:0.0} {file.Write,8:0.0} {database.Read,15:0.0} {file.Read,8:0.0} {database.Disk,15:0.0} {file.Disk,8:0.0}"));
        }
    }

    private static Figures Try(int smallContentLimit, int length, int count)
    {
        var directory = Directory.CreateTempSubdirectory("small-content-");
        try
        {
            var options = new StoreOptions { BlockSize = 256 << 10, SmallContentLimit = smallContentLimit };
            var bytes = new byte[length];
            new Random(1).NextBytes(bytes);
            var write = Each(directory, options, count, (store, i) =>
            {
                using var content = store.Open(Key(i), length);
                content.Write(0, bytes);
            });
            var disk = DiskUse(directory.FullName);
            var read = Each(directory, options, count, (store, i) =>
            {
                using var content = store.Open(Key((int)(i * 2654435761L % count)), length);
                if (content.IsPresent(0) && content.Read(0, 0, bytes) != length)
                    throw new InvalidOperationException("A block was lost.");
            });
            return new Figures(write, read, disk / 1024.0 / count);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Microseconds for each call, closing included: that is when the index is saved.</summary>
    private static double Each(DirectoryInfo directory, StoreOptions options, int count, Action<ContentStore, int> act)
    {
        var clock = Stopwatch.StartNew();
        using (var cache = CacheDirectory.Open(directory.FullName, options, TimeProvider.System, NullLoggerFactory.Instance))
        {
            for (var i = 0; i < count; i++)
                act(cache.Contents, i);
        }
        return clock.Elapsed.TotalMicroseconds / count;
    }

    /// <summary>Blocks as du(1) counts them, which are 4 KiB on every usual file system.</summary>
    private static long DiskUse(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Sum(file => (new FileInfo(file).Length + 4095) / 4096 * 4096);

    private static ContentKey Key(int i) => new($"file-handle-{i}", "0123456789abcdef0123456789abcdef");

    private readonly record struct Figures(double Write, double Read, double Disk)
    {
        public static Figures None { get; } = new(double.MaxValue, double.MaxValue, double.MaxValue);

        public Figures Best(Figures other) =>
            new(Math.Min(Write, other.Write), Math.Min(Read, other.Read), Math.Min(Disk, other.Disk));
    }
}
