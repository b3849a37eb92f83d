using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Making the file whole, describing it and finding it again.</summary>
internal sealed class StagedContentSendingTests
{
    private const int Piece = 1 << 20;
    private StagingRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new StagingRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public async Task A_completed_content_is_its_file_and_needs_no_base()
    {
        var bytes = TestBytes.Of(3 * Piece);
        var below = new BytesBase(bytes);
        using var content = _rig.Over(below);
        content.TryWrite(Piece, [1, 2, 3]);
        bytes[Piece] = 1;
        (bytes[Piece + 1], bytes[Piece + 2]) = (2, 3);
        content.Freeze();
        Assert.That(content.IsWhole, Is.False);

        await content.CompleteAsync(CancellationToken.None);

        Assert.That((content.IsWhole, below.IsClosed, content.Base), Is.EqualTo((true, true, (BaseContent?)null)));
        Assert.That(TestBytes.AreSame(await File.ReadAllBytesAsync(content.Path), bytes));
        Assert.That(TestBytes.AreSame(await StagingRig.ReadAllAsync(content), bytes));
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(bytes)));
        Assert.That(content.Sync().Written, Is.EqualTo($"0-{3 * Piece}"));
    }

    [Test]
    public async Task Only_what_cannot_change_any_more_is_completed_and_hashed()
    {
        using var content = _rig.Empty();

        Assert.That(() => content.CompleteAsync(CancellationToken.None), Throws.InvalidOperationException);
        Assert.That(() => content.HashAsync(CancellationToken.None), Throws.InvalidOperationException);
        content.Freeze();
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of([])));
    }

    [Test]
    public async Task A_file_that_is_shorter_than_the_content_or_holds_more_is_not_whole_before_it_is_completed()
    {
        using var grown = _rig.Empty();
        grown.TryWrite(0, [1]);
        Assert.That(grown.IsWhole, Is.True);
        grown.TrySetLength(3);
        using var cut = _rig.Empty();
        cut.TryWrite(0, new byte[100]);
        cut.Sync();
        cut.TrySetLength(10);
        foreach (var content in (StagedContent[])[grown, cut])
        {
            content.Freeze();
            Assert.That(content.IsWhole, Is.False);
            Assert.That(() => content.HashAsync(CancellationToken.None), Throws.InvalidOperationException);
            await content.CompleteAsync(CancellationToken.None);
            Assert.That((content.IsWhole, new FileInfo(content.Path).Length), Is.EqualTo((true, content.Length)));
        }
    }

    [Test]
    public async Task A_content_written_from_end_to_end_lets_its_base_go_unread()
    {
        var below = new BytesBase(new byte[100]);
        using var content = _rig.Over(below);
        content.TryWrite(0, TestBytes.Of(100));
        content.Freeze();

        Assert.That(content.IsWhole, Is.True);
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(TestBytes.Of(100))));
        Assert.That((below.IsClosed, below.Reads), Is.EqualTo((true, 0)));
        Assert.That(content.Describe().Base, Is.Null);
    }

    [Test]
    public async Task A_completion_that_broke_off_goes_on_where_it_was()
    {
        var bytes = TestBytes.Of(5 * Piece + 100);
        var below = new BytesBase(bytes) { OnRead = (offset, _) => offset >= 3 * Piece ? throw BytesBase.Offline() : Task.CompletedTask };
        using var content = _rig.Over(below);
        content.Freeze();

        Assert.That(() => content.CompleteAsync(CancellationToken.None), Fails.With(FsError.Offline));
        Assert.That((content.Base, content.Describe().Written), Is.EqualTo(((BaseContent)below, $"0-{3 * Piece}")));
        Assert.That(() => StagingRig.ReadAllAsync(content), Fails.With(FsError.Offline));

        below.OnRead = null;
        var before = below.Reads;
        await content.CompleteAsync(CancellationToken.None);
        Assert.That(below.Reads - before, Is.EqualTo(3));
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(bytes)));
        await content.CompleteAsync(CancellationToken.None);
    }

    [Test]
    public async Task Bytes_that_may_turn_out_wrong_count_only_when_all_were_copied()
    {
        var wrong = new BytesBase(new byte[3 * Piece])
        {
            IsDoubtful = true,
            OnRead = (offset, _) =>
                offset >= 2 * Piece ? throw new FsException(FsError.InputOutput, "The MD5 does not fit.") : Task.CompletedTask,
        };
        using var content = _rig.Over(wrong);
        content.Freeze();
        Assert.That(() => content.CompleteAsync(CancellationToken.None), Fails.With(FsError.InputOutput));

        var bytes = TestBytes.Of(3 * Piece);
        content.Rebase(new BytesBase(bytes) { IsDoubtful = true });
        await content.CompleteAsync(CancellationToken.None);

        Assert.That(TestBytes.AreSame(await StagingRig.ReadAllAsync(content), bytes));
    }

    [Test]
    public async Task Completing_can_be_interrupted_and_repeated()
    {
        var gate = new TaskCompletionSource();
        var below = new BytesBase(TestBytes.Of(Piece)) { OnRead = (_, _) => gate.Task };
        using var content = _rig.Over(below);
        content.Freeze();
        using var interrupt = new CancellationTokenSource();
        var first = content.CompleteAsync(interrupt.Token);

        await interrupt.CancelAsync();

        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
        gate.SetResult();
        await content.CompleteAsync(CancellationToken.None);
        Assert.That(content.IsWhole, Is.True);
    }

    [Test]
    public async Task What_a_crash_left_in_the_file_does_not_show_and_is_not_sent()
    {
        var content = StagedContent.Create(_rig.Area, new BytesBase(TestBytes.Of(100)), 50);
        content.TrySetLength(200);
        content.TryWrite(20, [1]);
        var row = content.Sync();
        content.TryWrite(0, new byte[30]);
        content.TryWrite(100, TestBytes.Of(200));
        content.Dispose();

        using var restored = StagedContent.Restore(_rig.Area, row, new BytesBase(TestBytes.Of(100)));

        byte[] expected = [.. TestBytes.Of(100)[..20], 0, .. TestBytes.Of(100)[21..50], .. new byte[150]];
        Assert.That(await StagingRig.ReadAllAsync(restored), Is.EqualTo(expected));
        restored.Freeze();
        await restored.CompleteAsync(CancellationToken.None);
        Assert.That(await File.ReadAllBytesAsync(restored.Path), Is.EqualTo(expected));
    }

    [Test]
    public async Task What_the_journal_counts_survives_a_truncation_that_it_has_not_heard_of()
    {
        var content = _rig.Empty();
        content.TryWrite(0, TestBytes.Of(100));
        var row = content.Sync();
        content.TrySetLength(0);
        content.TrySetLength(100);
        Assert.That(await StagingRig.ReadAllAsync(content), Is.EqualTo(new byte[100]));
        content.Dispose();

        using var restored = StagedContent.Restore(_rig.Area, row, null);

        Assert.That(await StagingRig.ReadAllAsync(restored), Is.EqualTo(TestBytes.Of(100)));
    }

    [Test]
    public void Once_the_journal_has_heard_of_it_the_room_comes_back()
    {
        using var content = _rig.Empty();
        content.TryWrite(0, TestBytes.Of(100));
        content.Accepted(content.Sync());
        content.TrySetLength(10);
        Assert.That(new FileInfo(content.Path).Length, Is.EqualTo(100));

        content.Accepted(content.Sync());

        Assert.That(new FileInfo(content.Path).Length, Is.EqualTo(10));
    }

    [Test]
    public void A_sync_is_due_after_each_change_and_only_then()
    {
        using var content = _rig.Over(new BytesBase(new byte[100]));
        Assert.That((content.HasUnsynced, content.Synced), Is.EqualTo((true, (SynapseFs.Store.StagedRow?)null)));

        content.TryWrite(0, [1]);
        var row = content.Sync();
        Assert.That(content.HasUnsynced, Is.False);
        content.TryWrite(1, [1]);
        Assert.That(content.HasUnsynced, Is.True);

        Assert.That(content.Synced, Is.SameAs(row));
        Assert.That((row.Written, content.Sync().Written), Is.EqualTo(("0-1", "0-2")));
    }

    [Test]
    public void A_new_base_stands_in_what_the_journal_is_to_know()
    {
        using var lower = _rig.Empty();
        lower.TryWrite(0, new byte[100]);
        lower.Freeze();
        using var content = _rig.Over(new StagedBase(lower));
        var before = content.Sync();
        content.TryWrite(0, [1]);

        content.Rebase(new BytesBase(new byte[100]));

        Assert.That((before.BaseStaged, before.Base), Is.EqualTo(((long?)lower.Number, (SynapseFs.Store.ContentKey?)null)));
        Assert.That(content.Synced, Is.EqualTo(before with { BaseStaged = null, Base = new("content", null), BaseNode = "node of content" }));
        Assert.That(content.HasUnsynced, Is.True);
    }

    [Test]
    public void Files_bases_and_descriptions_that_do_not_belong_together_are_refused()
    {
        using var content = _rig.Over(new BytesBase(new byte[100]));
        content.TryWrite(10, [1]);
        var row = content.Describe();
        using var shorter = new BytesBase(new byte[99]);

        Assert.That(() => StagedContent.Restore(_rig.Area, row, null), Fails.With(FsError.InputOutput));
        Assert.That(() => StagedContent.Restore(_rig.Area, row, shorter), Fails.With(FsError.InputOutput));
        Assert.That(() => Restore(row with { Written = "10-90" }), Fails.With(FsError.InputOutput));
        Assert.That(() => Restore(row with { Written = "10-" }), Fails.With(FsError.InputOutput));
        Assert.That(() => Restore(row with { Length = 5 }), Fails.With(FsError.InputOutput));
        Assert.That(() => Restore(row with { Number = 99 }), Fails.With(FsError.InputOutput));

        StagedContent Restore(SynapseFs.Store.StagedRow damaged) => StagedContent.Restore(_rig.Area, damaged, new BytesBase(new byte[100]));
    }
}
