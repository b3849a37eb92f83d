using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

internal sealed class StagedContentTests
{
    private StagingRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new StagingRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public async Task What_was_not_written_shows_the_base()
    {
        var bytes = TestBytes.Of(100);
        using var content = _rig.Over(new BytesBase(bytes));

        content.TryWrite(10, [1, 2, 3]);

        byte[] expected = [.. bytes[..10], 1, 2, 3, .. bytes[13..]];
        Assert.That(await StagingRig.ReadAllAsync(content), Is.EqualTo(expected));
        Assert.That(content.Describe(), Is.EqualTo(new StagedRow(
            content.Number, 100, "10-13", new ContentKey("content", null), null, 100, 100, "node of content")));
    }

    [Test]
    public async Task A_content_may_show_only_the_beginning_of_its_base()
    {
        using var content = StagedContent.Create(_rig.Area, new BytesBase(TestBytes.Of(100)), 40);

        content.TrySetLength(60);

        Assert.That(await StagingRig.ReadAllAsync(content), Is.EqualTo((byte[])[.. TestBytes.Of(100)[..40], .. new byte[20]]));
    }

    [Test]
    public async Task Reading_beyond_the_end_returns_no_bytes()
    {
        using var content = _rig.Over(new BytesBase(new byte[10]));

        Assert.That(await content.ReadAsync(10, new byte[5], CancellationToken.None), Is.Zero);
        Assert.That(await content.ReadAsync(long.MaxValue - 10, new byte[5], CancellationToken.None), Is.Zero);
    }

    [Test]
    public void Writing_nothing_changes_nothing()
    {
        using var content = _rig.Empty();

        content.TryWrite(50, []);

        Assert.That(content.Length, Is.Zero);
    }

    [Test]
    public void What_is_local_is_read_without_allocating()
    {
        using var content = _rig.Over(new BytesBase(new byte[1000]));
        content.TryWrite(200, new byte[100]);
        content.TrySetLength(2000);
        var buffer = new byte[2000];
        Assert.That(Read(), Is.EqualTo(2000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        int Read()
        {
            var read = content.ReadAsync(0, buffer, CancellationToken.None);
            return read.IsCompletedSuccessfully ? read.Result : -1;
        }
    }

    [TestCase(StagedContent.LargestContent, 1)]
    [TestCase(StagedContent.LargestContent - 1, 2)]
    [TestCase(long.MaxValue, 2)]
    public void What_no_remote_file_could_hold_is_too_large(long offset, int count)
    {
        using var content = _rig.Empty();

        Assert.That(() => content.TryWrite(offset, new byte[count]), Fails.With(FsError.TooLarge));
        Assert.That(() => content.TryAllocate(offset, count, AllocateMode.Reserve), Fails.With(FsError.TooLarge));
        Assert.That(() => content.TrySetLength(StagedContent.LargestContent + 1), Fails.With(FsError.TooLarge));
        Assert.That(content.Length, Is.Zero);
    }

    [Test]
    public void Appending_beyond_the_largest_content_is_too_large()
    {
        using var content = _rig.Empty();
        content.TrySetLength(StagedContent.LargestContent - 1);

        Assert.That(() => content.TryAppend([1, 2], out _), Fails.With(FsError.TooLarge));
        Assert.That(content.TryAppend([1], out var offset), Is.True);
        Assert.That(offset, Is.EqualTo(StagedContent.LargestContent - 1));
    }

    [TestCase(AllocateMode.PunchHole)]
    [TestCase(AllocateMode.PunchHole | AllocateMode.ZeroRange | AllocateMode.KeepLength)]
    [TestCase((AllocateMode)8)]
    public void Unknown_ways_of_allocating_are_refused(AllocateMode mode)
    {
        using var content = _rig.Empty();

        Assert.That(() => content.TryAllocate(0, 10, mode), Fails.With(FsError.NotSupported));
        Assert.That(() => content.TryAllocate(0, 0, AllocateMode.Reserve), Fails.With(FsError.InvalidArgument));
        Assert.That(() => content.TryAllocate(-1, 1, AllocateMode.Reserve), Fails.With(FsError.InvalidArgument));
    }

    [Test]
    public void A_frozen_content_takes_no_changes()
    {
        using var content = _rig.Empty();
        content.TryWrite(0, [1]);
        content.Freeze();

        Assert.That(content.IsFrozen, Is.True);
        Assert.That(content.TryWrite(0, [2]), Is.False);
        Assert.That(content.TryAppend([2], out _), Is.False);
        Assert.That(content.TrySetLength(0), Is.False);
        Assert.That(content.TryAllocate(0, 10, AllocateMode.Reserve), Is.False);
        Assert.That(content.TryClone(new BytesBase(new byte[10]), 1, 1, 9), Is.False);
        Assert.That(content.Length, Is.EqualTo(1));
    }

    [Test]
    public void What_may_still_change_is_no_base()
    {
        using var content = _rig.Empty();

        Assert.That(() => new StagedBase(content), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_file_of_a_terabyte_costs_what_was_written_of_it()
    {
        using var content = _rig.Empty();
        content.TrySetLength(1L << 40);
        content.TryWrite(5, [1]);
        content.TryWrite((1L << 40) - 1, [2]);

        var buffer = new byte[2];
        await content.ReadAsync((1L << 40) - 2, buffer, CancellationToken.None);
        Assert.That(buffer, Is.EqualTo((byte[])[0, 2]));
        Assert.That(_rig.Area.TotalBytes, Is.LessThan(1 << 20));
        Assert.That(content.Seek(6, SeekTarget.Data), Is.EqualTo((1L << 40) - 1));

        content.Freeze();
        await content.CompleteAsync(CancellationToken.None);
        Assert.That(new FileInfo(content.Path).Length, Is.EqualTo(1L << 40));
        Assert.That(_rig.Area.TotalBytes, Is.LessThan(1 << 20));
    }

    [Test]
    public async Task A_base_that_cannot_be_read_changes_nothing_and_is_asked_again()
    {
        var bytes = TestBytes.Of(100);
        var below = new BytesBase(bytes) { OnRead = (_, _) => throw BytesBase.Offline() };
        using var content = _rig.Over(below);
        content.TryWrite(10, new byte[10]);

        Assert.That(async () => await StagingRig.ReadAllAsync(content), Fails.With(FsError.Offline));
        var written = new byte[10];
        Assert.That(await content.ReadAsync(10, written, CancellationToken.None), Is.EqualTo(10));
        Assert.That(content.TryWrite(0, [1]), Is.True);

        below.OnRead = null;
        Assert.That(await StagingRig.ReadAllAsync(content), Is.EqualTo((byte[])[1, .. bytes[1..10], .. new byte[10], .. bytes[20..]]));
    }

    [Test]
    public void A_reader_who_waits_for_the_base_can_be_interrupted()
    {
        var below = new BytesBase(new byte[100]) { OnRead = (_, _) => new TaskCompletionSource().Task };
        using var content = _rig.Over(below);
        using var interrupt = new CancellationTokenSource();
        var read = content.ReadAsync(0, new byte[10], interrupt.Token).AsTask();

        interrupt.Cancel();

        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
        content.Dispose();
        Assert.That(below.IsClosed, Is.True);
    }

    [Test]
    public async Task A_base_closes_only_after_the_reads_that_use_it()
    {
        var gate = new TaskCompletionSource();
        var below = new BytesBase(TestBytes.Of(100)) { OnRead = (_, _) => gate.Task };
        var next = new BytesBase(TestBytes.Of(100));
        var content = _rig.Over(below);
        var read = StagingRig.ReadAllAsync(content);

        content.Rebase(next);
        content.Dispose();

        Assert.That(below.IsClosed, Is.False);
        gate.SetResult();
        Assert.That(await read, Is.EqualTo(TestBytes.Of(100)));
        Assert.That((below.IsClosed, next.IsClosed), Is.EqualTo((true, true)));
        Assert.That(async () => await StagingRig.ReadAllAsync(content), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_content_on_its_way_stays_open_for_the_one_above_it()
    {
        var lower = _rig.Empty();
        lower.TryWrite(0, [1, 2, 3]);
        lower.Freeze();
        using var upper = _rig.Over(new StagedBase(lower));

        lower.Dispose();

        Assert.That(await StagingRig.ReadAllAsync(upper), Is.EqualTo((byte[])[1, 2, 3]));
        upper.Rebase(new BytesBase([1, 2, 3]));
        Assert.That(async () => await StagingRig.ReadAllAsync(lower), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_new_base_must_have_what_shows()
    {
        using var content = StagedContent.Create(_rig.Area, new BytesBase(new byte[100]), 50);

        Assert.That(() => content.Rebase(new BytesBase(new byte[49])), Throws.ArgumentException);
        content.Rebase(new BytesBase(new byte[50], "shorter"));

        Assert.That(content.Base!.Length, Is.EqualTo(50));
    }
}
