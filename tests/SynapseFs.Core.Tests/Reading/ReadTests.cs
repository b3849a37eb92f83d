using SynapseFs.Core.Providers;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class ReadTests
{
    private const int Block = 128 * 1024;
    private static readonly MountOptions InBlocks = new() { WholeFetchLimit = 0 };

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(Block)]
    [TestCase(Block + 1)]
    [TestCase(5_000_000)]
    public async Task A_file_reads_as_it_is_and_then_needs_no_call(int length)
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(length);
        rig.World.AddFile(rig.World.Root, "f", bytes);

        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(await rig.OpenAsync("f")), bytes));
        rig.World.ForgetCalls();

        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(await rig.OpenAsync("f"), 7777), bytes));
        Assert.That(rig.World.Calls, Is.Empty);
    }

    [Test]
    public async Task What_is_cached_is_answered_without_a_wait()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(300_000));
        var handle = await rig.OpenAsync("f");
        await rig.ReadAllAsync(handle);

        var read = rig.FileSystem.ReadAsync(Caller.Internal, handle, 100_000, new byte[4096], CancellationToken.None);

        Assert.That(read.IsCompletedSuccessfully, Is.True);
        Assert.That(await read, Is.EqualTo(4096));
    }

    [TestCase(1_000_000, 4096)]
    [TestCase(1_000_000, 300_000)]
    public async Task Reading_a_cached_file_allocates_nothing(int length, int count)
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(length));
        var handle = await rig.OpenAsync("f");
        await rig.ReadAllAsync(handle);
        var buffer = new byte[count];

        // At first the whole file is still looked through beside the reads.
        Assert.That(await Eventually.HoldsAsync(() => Allocated(rig, handle, buffer) == 0, TimeSpan.FromSeconds(20)), Is.True);
    }

    [Test]
    public async Task Reading_a_cached_file_asks_no_database()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(1_000_000);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        await rig.ReadAllAsync(handle);
        rig.Cache.Dispose();

        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(handle, 4096), bytes));
    }

    [Test]
    public async Task Reading_past_the_end_returns_no_bytes_and_across_it_what_there_is()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(1000);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");

        Assert.That(await rig.ReadAsync(handle, 900, 500), Is.EqualTo(bytes[900..]));
        Assert.That(await rig.ReadAsync(handle, 1000, 500), Is.Empty);
        Assert.That(await rig.ReadAsync(handle, long.MaxValue - 5, 500), Is.Empty);
    }

    [Test]
    public async Task A_large_file_read_in_sequence_is_fetched_once_and_in_few_requests()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(40 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);

        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(await rig.OpenAsync("f")), bytes));

        Assert.That(rig.World.BytesSent, Is.EqualTo(bytes.Length));
        Assert.That(rig.World.Count("read"), Is.LessThan(60));
        Assert.That(rig.World.Calls.First(call => call.Verb == "read").Length, Is.EqualTo(Block));
    }

    [Test]
    public async Task Random_reads_fetch_only_their_own_blocks()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(64 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");

        foreach (var offset in new[] { 50 << 20, 10 << 20, 30 << 20, 20 << 20, 60 << 20 })
            Assert.That(await rig.ReadAsync(handle, offset, 4096), Is.EqualTo(bytes[offset..(offset + 4096)]));

        Assert.That(rig.World.BytesSent, Is.EqualTo(5 * Block));
    }

    [Test]
    public async Task Concurrent_readers_of_one_content_fetch_each_block_once()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(20 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handles = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => rig.OpenAsync("f")));

        var read = await Task.WhenAll(handles.Select(handle => Task.Run(() => rig.ReadAllAsync(handle))));

        Assert.That(read.All(one => TestBytes.AreSame(one, bytes)));
        Assert.That(rig.World.BytesSent, Is.EqualTo(bytes.Length));
    }

    [Test]
    public async Task A_reader_is_woken_as_soon_as_its_own_block_is_there()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(4 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        var gate = new TaskCompletionSource();
        rig.World.OnBytes = async (_, offset, _, token) =>
        {
            if (offset >= Block)
                await gate.Task.WaitAsync(token);
        };
        var whole = rig.ReadAsync(handle, 0, 1 << 20);

        var first = await rig.ReadAsync(handle, 0, Block);

        Assert.That(first, Is.EqualTo(bytes[..Block]));
        Assert.That(whole.IsCompleted, Is.False);
        gate.SetResult();
        Assert.That(await whole, Is.EqualTo(bytes[..(1 << 20)]));
    }

    [Test]
    public async Task Interrupting_one_reader_does_not_end_a_fetch_that_another_waits_for()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(1 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        var gate = new TaskCompletionSource();
        rig.World.OnBytes = async (_, _, _, token) => await gate.Task.WaitAsync(token);
        using var interrupt = new CancellationTokenSource();
        var interrupted = rig.ReadAsync(handle, 0, 100, interrupt.Token);
        var patient = rig.ReadAsync(handle, 50, 100);

        await interrupt.CancelAsync();
        Assert.That(async () => await interrupted, Throws.InstanceOf<OperationCanceledException>());
        gate.SetResult();

        Assert.That(await patient, Is.EqualTo(bytes[50..150]));
        Assert.That(rig.World.Count("read"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_fetch_that_nobody_waits_for_any_more_stops()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(1 << 20));
        var handle = await rig.OpenAsync("f");
        var (begun, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.World.OnBytes = async (_, _, _, token) =>
        {
            using var registration = token.Register(stopped.SetResult);
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        using var interrupt = new CancellationTokenSource();
        var read = rig.ReadAsync(handle, 0, 100, interrupt.Token);
        await begun.Task;

        await interrupt.CancelAsync();

        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Releasing_the_last_handle_stops_its_fetches()
    {
        await using var rig = new EngineRig(InBlocks);
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(32 << 20));
        var handle = await rig.OpenAsync("f");
        var (begun, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.World.OnBytes = async (_, offset, _, token) =>
        {
            if (offset < 4 * Block)
                return;
            using var registration = token.Register(() => stopped.TrySetResult());
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        for (var i = 0; i < 4; i++)
            await rig.ReadAsync(handle, i * Block, Block);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await rig.FileSystem.ReleaseAsync(handle);

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(async () => await rig.ReadAsync(handle, 0, 1), Fails.With(FsError.BadHandle));
    }

    [TestCase(FsError.NotFound, FsError.Stale)]
    [TestCase(FsError.AccessDenied, FsError.AccessDenied)]
    [TestCase(FsError.Offline, FsError.Offline)]
    [TestCase(FsError.InputOutput, FsError.InputOutput)]
    public async Task A_fetch_that_fails_is_told_to_its_readers_and_tried_anew_by_the_next(FsError failure, FsError heard)
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(1000);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        rig.World.OnCall = (_, _) => throw new FsException(failure, "It failed.");

        Assert.That(async () => await rig.ReadAsync(handle, 0, 10), Fails.With(heard));
        rig.World.OnCall = null;

        Assert.That(await rig.ReadAsync(handle, 0, 10), Is.EqualTo(bytes[..10]));
    }

    [TestCase(FsError.NotSignedIn, true)]
    [TestCase(FsError.AccessDenied, false)]
    public async Task Credentials_that_ended_are_told_in_the_status_but_a_refusal_of_one_thing_is_not(FsError failure, bool isTold)
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(1000));
        var handle = await rig.OpenAsync("f");
        rig.World.OnCall = (_, _) => throw new FsException(failure, "Sign in again.");

        Assert.That(async () => await rig.ReadAsync(handle, 0, 10), Fails.With(failure));

        Assert.That(rig.FileSystem.GetStatus().LastProblem, Is.EqualTo(isTold ? "Sign in again." : null));
        Assert.That(rig.FileSystem.GetStatus().Online, Is.True);
    }

    [Test]
    public async Task A_download_that_breaks_off_keeps_what_has_landed()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(8 * Block);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        rig.World.OnBytes = (_, offset, _, _) => offset >= 4 * Block ? throw new IOException("Broken.") : ValueTask.CompletedTask;

        Assert.That(async () => await rig.ReadAsync(handle, 0, 8 * Block), Fails.With(FsError.InputOutput));
        rig.World.OnBytes = null;
        rig.World.ForgetCalls();

        Assert.That(await rig.ReadAsync(handle, 0, 8 * Block), Is.EqualTo(bytes));
        Assert.That(rig.World.BytesSent, Is.EqualTo(4 * Block));
    }

    [Test]
    public async Task A_file_whose_length_nobody_knows_is_read_to_its_end_when_opened()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(300_000);
        rig.World.AddFile(rig.World.Root, "f", bytes).HasLength = false;
        var before = await rig.WalkAsync("f");

        var opened = await rig.OpenAsync(before.Inode);

        Assert.That(opened.Caching, Is.EqualTo(PageCaching.Bypass));
        Assert.That(await rig.ReadAllAsync(opened.Handle), Is.EqualTo(bytes));
        Assert.That(rig.World.Count("read"), Is.EqualTo(1));
        Assert.That((await rig.WalkAsync("f")).Length, Is.EqualTo(bytes.Length));
        await rig.RestartAsync();
        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f")), Is.EqualTo(bytes));
        Assert.That(rig.World.Count("read"), Is.EqualTo(1));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task While_a_length_is_found_out_nothing_lies_around_that_a_kill_could_leave_behind()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(300_000)).HasLength = false;
        var before = Directory.GetFiles(rig.CachePath);
        string[] during = [];
        rig.World.OnBytes = (_, _, _, _) =>
        {
            during = Directory.GetFiles(rig.CachePath);
            return ValueTask.CompletedTask;
        };

        await rig.OpenAsync("f");

        Assert.That(during, Is.EquivalentTo(before));
    }

    [Test]
    public async Task A_file_that_may_not_be_read_is_listed_and_refuses_to_open()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(77)).Denied = "Ask for access.";

        var file = await rig.WalkAsync("f");

        Assert.That(file.Length, Is.EqualTo(77));
        Assert.That(async () => await rig.OpenAsync(file.Inode), Fails.With(FsError.AccessDenied).And.Message.EqualTo("Ask for access."));
    }

    [Test]
    public async Task Access_that_was_given_shows_though_the_file_itself_did_not_change()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(77);
        var file = rig.World.AddFile(rig.World.Root, "f", bytes);
        file.Denied = "Ask for access.";
        await rig.NamesAsync(InodeNumber.Root);
        await rig.WalkAsync("f");

        file.Denied = null;
        rig.Time.SetUtcNow(rig.Time.GetUtcNow() + TimeSpan.FromMinutes(2));

        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f")), Is.EqualTo(bytes));
    }

    [Test]
    public async Task The_bytes_on_local_disk_are_an_attribute_of_the_file()
    {
        await using var rig = new EngineRig(InBlocks);
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(1 << 20)).Xattrs["user.b"] = "1";
        var file = await rig.WalkAsync("f");
        var handle = (await rig.OpenAsync(file.Inode)).Handle;

        Assert.That(await rig.XattrAsync(file.Inode, "user.synapse.cached-bytes"), Is.EqualTo("0"));
        await rig.ReadAsync(handle, 0, 10);

        Assert.That(await rig.XattrAsync(file.Inode, "user.synapse.cached-bytes"), Is.EqualTo("131072"));
        Assert.That(await rig.XattrAsync(file.Inode, "security.selinux"), Is.Null);
        Assert.That(await rig.XattrAsync(file.Inode, "user.none"), Is.Null);
        Assert.That(
            await rig.FileSystem.ListXattrsAsync(Caller.Internal, file.Inode, CancellationToken.None),
            Is.EqualTo(new[] { "user.b", "user.synapse.cached-bytes", "user.synapse.state" }));
    }

    [Test]
    public async Task All_is_data_to_the_end()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(100));
        var handle = await rig.OpenAsync("f");

        Assert.That(await SeekAsync(rig, handle, 40, SeekTarget.Data), Is.EqualTo(40));
        Assert.That(await SeekAsync(rig, handle, 40, SeekTarget.Hole), Is.EqualTo(100));
        Assert.That(async () => await SeekAsync(rig, handle, 100, SeekTarget.Data), Fails.With(FsError.NoData));
    }

    [Test]
    public async Task Reading_ahead_is_less_urgent_than_reading()
    {
        await using var rig = new EngineRig(InBlocks);
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(16 << 20));

        await rig.ReadAllAsync(await rig.OpenAsync("f"));

        Assert.That(rig.World.Calls.First(call => call.Verb == "read").Urgency, Is.EqualTo(Urgency.Waiting));
        Assert.That(rig.World.Calls, Has.Some.Matches<WorldCall>(call => call is { Verb: "read", Urgency: Urgency.Ahead }));
    }

    private static async Task<long> SeekAsync(EngineRig rig, HandleNumber handle, long offset, SeekTarget target) =>
        await rig.FileSystem.SeekAsync(Caller.Internal, handle, offset, target, CancellationToken.None);

    // Bytes allocated by this thread in a thousand reads.
    private static long Allocated(EngineRig rig, HandleNumber handle, byte[] buffer)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++)
        {
            var read = rig.FileSystem.ReadAsync(Caller.Internal, handle, count * 41, buffer, CancellationToken.None);
            if (!read.IsCompletedSuccessfully || read.Result == 0)
                throw new InvalidOperationException("What is cached was not read at once.");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
