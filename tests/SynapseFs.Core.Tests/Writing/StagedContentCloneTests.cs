using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Copying whole files without their bytes.</summary>
internal sealed class StagedContentCloneTests
{
    private static readonly byte[] Bytes = TestBytes.Of(100);
    private StagingRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new StagingRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public async Task A_file_copied_piece_by_piece_is_the_same_content()
    {
        using var content = _rig.Empty();
        var (first, second) = (new BytesBase(Bytes), new BytesBase(Bytes));

        Assert.That(content.TryClone(first, 0, 0, 60), Is.True);
        Assert.That((content.Length, content.SameAsBase), Is.EqualTo((60L, (ContentKey?)null)));
        Assert.That(content.TryClone(second, 60, 60, 40), Is.True);

        Assert.That(content.SameAsBase, Is.EqualTo(first.Key));
        Assert.That((first.IsClosed, second.IsClosed), Is.EqualTo((false, true)));
        Assert.That(await StagingRig.ReadAllAsync(content), Is.EqualTo(Bytes));
        Assert.That(content.Seek(0, SeekTarget.Hole), Is.EqualTo(100));
    }

    [TestCase(0, 0, 101, Description = "more than there is")]
    [TestCase(0, 0, 0)]
    [TestCase(10, 0, 10)]
    [TestCase(0, 10, 10)]
    [TestCase(10, 10, 10)]
    public void Other_ranges_are_copied_by_hand(long sourceOffset, long targetOffset, long length)
    {
        using var content = _rig.Empty();
        using var source = new BytesBase(Bytes);

        Assert.That(content.TryClone(source, sourceOffset, targetOffset, length), Is.False);
        Assert.That((content.Length, source.IsClosed), Is.EqualTo((0L, false)));
    }

    [Test]
    public void What_shows_something_else_is_not_continued()
    {
        using var written = _rig.Empty();
        written.TryWrite(0, Bytes.AsSpan(0, 10));
        using var grown = _rig.Empty();
        grown.TrySetLength(10);
        using var other = StagedContent.Create(_rig.Area, new BytesBase(Bytes, "other"), 10);
        using var cut = StagedContent.Create(_rig.Area, new BytesBase(Bytes), 20);
        cut.TrySetLength(5);
        cut.TrySetLength(10);
        using var source = new BytesBase(Bytes);

        Assert.That(written.TryClone(source, 10, 10, 10), Is.False);
        Assert.That(grown.TryClone(source, 10, 10, 10), Is.False);
        Assert.That(other.TryClone(source, 10, 10, 10), Is.False);
        Assert.That(cut.TryClone(source, 10, 10, 10), Is.False);
    }

    [Test]
    public async Task A_file_on_its_way_is_copied_like_any_other()
    {
        using var source = _rig.Empty();
        source.TryWrite(0, Bytes);
        source.Freeze();
        using var content = _rig.Empty();

        Assert.That(content.TryClone(new StagedBase(source), 0, 0, 50), Is.True);
        Assert.That(content.TryClone(new StagedBase(source), 50, 50, 50), Is.True);

        Assert.That(content.Describe().BaseStaged, Is.EqualTo(source.Number));
        Assert.That(content.SameAsBase, Is.Null);
        content.Rebase(new BytesBase(Bytes));
        Assert.That(content.SameAsBase, Is.Not.Null);
        Assert.That(await StagingRig.ReadAllAsync(content), Is.EqualTo(Bytes));
    }

    [Test]
    public void A_change_ends_the_sameness()
    {
        using var content = _rig.Over(new BytesBase(Bytes));
        Assert.That(content.SameAsBase, Is.Not.Null);

        content.TryWrite(99, [1]);

        Assert.That(content.SameAsBase, Is.Null);
    }
}
