using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Many at once: whoever reads sees each change done or not, and none is lost.</summary>
internal sealed class StagedContentConcurrencyTests
{
    private const int Writers = 4;
    private StagingRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new StagingRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public async Task Writers_of_disjoint_ranges_lose_nothing_and_readers_see_old_or_new()
    {
        const int range = 50_000;
        const int rounds = 40;
        var bytes = new byte[Writers * range];
        bytes.AsSpan().Fill(200);
        using var content = _rig.Over(new BytesBase(bytes) { OnRead = async (_, _) => await Task.Yield() });
        using var reading = new Readers(content, (read, offset) => read.IndexOfAnyExcept(Allowed(rounds)) is var odd && odd >= 0
            ? $"byte {offset + odd} is {read[odd]}"
            : null);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var round = 0; round < rounds; round++)
            {
                var piece = Enumerable.Repeat((byte)round, range - writer).ToArray();
                Assert.That(content.TryWrite((long)writer * range, piece), Is.True);
            }
        })));

        await reading.StopAsync();
        var all = await StagingRig.ReadAllAsync(content);
        for (var writer = 0; writer < Writers; writer++)
        {
            Assert.That(all.AsSpan(writer * range, range - writer).IndexOfAnyExcept((byte)(rounds - 1)), Is.EqualTo(-1));
            Assert.That(all.AsSpan(writer * range + range - writer, writer).IndexOfAnyExcept((byte)200), Is.EqualTo(-1));
        }
    }

    [Test]
    public async Task Appended_records_are_never_torn_and_never_seen_in_part()
    {
        const int record = 1000;
        const int records = 200;
        using var content = _rig.Empty();
        using var reading = new Readers(content, (read, _) => read.Contains((byte)0) ? "a byte that nobody appended" : null);

        await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(() =>
        {
            var bytes = new byte[record];
            bytes.AsSpan().Fill((byte)writer);
            for (var i = 0; i < records; i++)
                Assert.That(content.TryAppend(bytes, out var offset) && offset % record == 0, Is.True);
        })));

        await reading.StopAsync();
        var all = await StagingRig.ReadAllAsync(content);
        var owners = all.Chunk(record).Select(chunk => chunk.Distinct().Single()).ToList();
        Assert.That(owners.CountBy(owner => owner).Select(count => count.Value), Is.EqualTo(Enumerable.Repeat(records, Writers)));
    }

    [Test]
    public async Task A_reader_beside_truncations_sees_only_what_was_there_at_some_time()
    {
        using var content = _rig.Empty();
        var bytes = new byte[1_500_000];
        bytes.AsSpan().Fill(7);
        using var reading = new Readers(content, (read, offset) =>
            read.IndexOfAnyExcept((byte)7) is var odd && odd >= 0 ? $"byte {offset + odd} is {read[odd]}" : null);

        for (var round = 0; round < 400; round++)
        {
            content.TryWrite(content.Length, bytes);
            content.TrySetLength(round % 3 * 1000);
        }

        await reading.StopAsync();
    }

    [Test]
    public async Task A_write_that_races_with_freezing_is_in_one_content_or_the_other()
    {
        const int range = 100_000;
        var current = _rig.Empty();
        List<StagedContent> all = [current];
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var (bytes, read) = (new byte[range], new byte[range]);
            for (byte round = 1; round < 200; round++)
            {
                bytes.AsSpan().Fill(round);
                while (!Volatile.Read(ref current).TryWrite(writer * range, bytes))
                {
                }

                await Volatile.Read(ref current).ReadAsync(writer * range, read, CancellationToken.None);
                Assert.That(TestBytes.AreSame(read, bytes), $"writer {writer} does not find what it wrote in round {round}");
            }
        })).ToList();

        // Each content lies over all former ones, and a read goes through them: a tower of any height would be another test.
        while (!Task.WhenAll(writers).IsCompleted && all.Count < 200)
        {
            var frozen = current;
            frozen.Freeze();
            var row = frozen.Describe();
            var next = _rig.Over(new StagedBase(frozen));
            all.Add(next);
            Volatile.Write(ref current, next);
            Assert.That(frozen.Describe(), Is.EqualTo(row));
            await Task.Yield();
        }

        await Task.WhenAll(writers);
        all.ForEach(content => content.Dispose());
    }

    [Test]
    public async Task A_description_never_counts_bytes_that_are_not_in_the_file()
    {
        using var content = _rig.Empty();
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++)
                content.TryWrite(i * 20L, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        });

        while (!writing.IsCompleted)
        {
            using var restored = StagedContent.Restore(_rig.Area, content.Sync(), null);
            var bytes = await StagingRig.ReadAllAsync(restored);
            Assert.That(bytes.Chunk(20).All(slot => slot.AsSpan(0, 10).IndexOfAnyExcept((byte)1) < 0));
        }

        await writing;
    }

    [Test]
    public async Task Completing_and_changing_bases_disturbs_no_reader()
    {
        var bytes = TestBytes.Of(300_000);
        for (var round = 0; round < 20; round++)
        {
            var lower = _rig.Over(new BytesBase(bytes) { OnRead = async (_, _) => await Task.Yield() });
            lower.Freeze();
            using var upper = _rig.Over(new StagedBase(lower));
            using var reading = new Readers(upper, (read, offset) =>
                read.SequenceEqual(bytes.AsSpan((int)offset, read.Length)) ? null : $"wrong bytes from {offset} on");

            await lower.CompleteAsync(CancellationToken.None);
            upper.Rebase(new BytesBase(bytes));
            lower.Dispose();
            upper.Freeze();
            await upper.CompleteAsync(CancellationToken.None);

            await reading.StopAsync();
        }
    }

    private static byte[] Allowed(int rounds) => [.. Enumerable.Range(0, rounds).Select(round => (byte)round), 200];

    /// <summary>Two readers of random ranges, who look at all that they read until they are stopped.</summary>
    private sealed class Readers : IDisposable
    {
        public delegate string? Judge(ReadOnlySpan<byte> read, long offset);

        private readonly CancellationTokenSource _stop = new();
        private readonly Task _reading;

        public Readers(StagedContent content, Judge judge) =>
            _reading = Task.WhenAll(Enumerable.Range(0, 2).Select(seed => Task.Run(() => ReadAsync(content, judge, new Random(seed)))));

        /// <summary>Fails with what a reader saw.</summary>
        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _reading;
        }

        public void Dispose() => _stop.Dispose();

        private async Task ReadAsync(StagedContent content, Judge judge, Random random)
        {
            var buffer = new byte[600_000];
            do
            {
                var offset = random.NextInt64(content.Length + 1);
                var count = await content.ReadAsync(offset, buffer.AsMemory(0, random.Next(buffer.Length)), CancellationToken.None);
                if (judge(buffer.AsSpan(0, count), offset) is { } finding)
                    Assert.Fail(finding);
            }
            while (!_stop.IsCancellationRequested);
        }
    }
}
