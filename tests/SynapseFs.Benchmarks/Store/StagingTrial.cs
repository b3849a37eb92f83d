using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Benchmarks.Store;

/// <summary>
/// What it costs to keep a promise: bytes staged and synced beside the same bytes in a plain file, and changes of the journal made
/// durable by one and by many at once. In turns, three rounds.
/// </summary>
internal static class StagingTrial
{
    private const long Length = 1L << 30;
    private const int Rounds = 3;
    private const int Changes = 1000;

    public static async Task RunAsync(TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("staging-trial-");
        try
        {
            using var cache = CacheDirectory.Open(directory.FullName, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
            foreach (var write in (int[])[1 << 20, 128 << 10])
            {
                for (var round = 0; round < Rounds; round++)
                {
                    var plain = Plain(Path.Combine(directory.FullName, "plain"), write);
                    var staged = Staged(cache.Staging, write);
                    var ratio = staged.Whole / plain.Whole;
                    Say(output, $"1 GiB in writes of {write >> 10} KiB: plain {plain}; staged {staged}; ratio {ratio:0.00}");
                }
            }
            cache.Nodes.EnsureRoot(Row("", "syn1"));
            foreach (var callers in (int[])[1, 8, 64])
            {
                var each = await ChangesAsync(cache.Journal, callers);
                Say(output, $"{Changes} changes by {callers} at a time, each synced: {each:0} µs each");
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Times Plain(string path, int write)
    {
        var bytes = Bytes(write);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var times = Times.Of(
            () =>
            {
                for (long at = 0; at < Length; at += write)
                    file.Write(bytes);
            },
            () => file.Flush(flushToDisk: true));
        file.Dispose();
        File.Delete(path);
        return times;
    }

    private static Times Staged(StagingArea area, int write)
    {
        var bytes = Bytes(write);
        using var file = area.Create();
        var times = Times.Of(
            () =>
            {
                for (long at = 0; at < Length; at += write)
                    file.Write(at, bytes);
            },
            file.Sync);
        area.Delete(file.Number);
        return times;
    }

    private static async Task<double> ChangesAsync(JournalTable journal, int callers)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Changes, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (i, _) =>
        {
            journal.Apply(new StateChange
            {
                Inserted = [Row($"{callers} {i}", "")],
                Entries = [new JournalEntry { Sequence = i, Since = DateTimeOffset.UnixEpoch, IsNew = true }],
            });
            await journal.SyncAsync();
        });
        return clock.Elapsed.TotalMicroseconds / Changes;
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static NodeRow Row(string name, string remoteId) => new()
    {
        Parent = InodeNumber.Root,
        Name = name,
        Kind = "file",
        RemoteId = remoteId,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
    };

    private static void Say(TextWriter output, FormattableString sentence) =>
        output.WriteLine(sentence.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Times(double Write, double Sync)
    {
        public double Whole => Write + Sync;

        public static Times Of(Action write, Action sync)
        {
            var clock = Stopwatch.StartNew();
            write();
            var written = clock.Elapsed.TotalSeconds;
            sync();
            return new Times(written, clock.Elapsed.TotalSeconds - written);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Write:0.00} s + sync {Sync:0.00} s");
    }
}
