using System.Runtime.Versioning;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>A staged file that is a link to /dev/full refuses every write as a full disk does.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
internal sealed class StagedContentFullDiskTests
{
    private StagingRig _rig = null!;
    private StagedContent _content = null!;

    [SetUp]
    public void SetUp()
    {
        _rig = new StagingRig();
        using var content = _rig.Over(new BytesBase(TestBytes.Of(100)));
        File.Delete(content.Path);
        File.CreateSymbolicLink(content.Path, "/dev/full");
        _content = StagedContent.Restore(_rig.Area, content.Describe(), new BytesBase(TestBytes.Of(100)));
    }

    [TearDown]
    public void TearDown()
    {
        _content.Dispose();
        _rig.Dispose();
    }

    [Test]
    public async Task A_write_that_finds_no_room_changes_nothing_that_is_shown()
    {
        Assert.That(() => _content.TryWrite(50, new byte[200]), Fails.With(FsError.NoSpace));
        Assert.That(() => _content.TryAppend(new byte[200], out _), Fails.With(FsError.NoSpace));

        Assert.That(await StagingRig.ReadAllAsync(_content), Is.EqualTo(TestBytes.Of(100)));
        Assert.That((_content.HasUnsynced, _content.IsWhole), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_completion_that_finds_no_room_leaves_the_base_where_it_is()
    {
        _content.Freeze();

        Assert.That(() => _content.CompleteAsync(CancellationToken.None), Fails.With(FsError.NoSpace));

        Assert.That(await StagingRig.ReadAllAsync(_content), Is.EqualTo(TestBytes.Of(100)));
        Assert.That(_content.Describe().Written, Is.Empty);
    }

    [Test]
    public void Bytes_that_did_not_reach_the_disk_stay_unsynced()
    {
        _content.TrySetLength(10);

        Assert.That(() => _content.Sync(), Fails.With(FsError.InputOutput));
        Assert.That(() => _content.Sync(), Fails.With(FsError.InputOutput));
        Assert.That(_content.HasUnsynced, Is.True);
    }
}
