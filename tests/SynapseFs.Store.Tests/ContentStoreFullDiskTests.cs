using System.Runtime.Versioning;
using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

/// <summary>A content file that is a link to /dev/full refuses every write as a full disk does.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class ContentStoreFullDiskTests
{
    private const int BlockSize = TemporaryCache.BlockSize;

    private TemporaryCache _temporary = null!;
    private ContentStore _contents = null!;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _contents = _temporary.Open().Contents;
    }

    [TearDown]
    public void TearDown() => _temporary.Dispose();

    [Test]
    public void A_full_disk_is_a_result_and_reading_goes_on()
    {
        FillDiskFor(contentNumber: 1);
        using var content = _contents.Open(new ContentKey("a", null), 2 * BlockSize);

        Assert.That(content.Write(0, new byte[BlockSize]), Is.EqualTo(BlockWriteResult.NoSpace));
        Assert.That(content.IsPresent(0), Is.False);
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(-1));
        Assert.That(_contents.TotalBytes, Is.Zero);
    }

    [Test]
    public void A_full_disk_drops_what_nobody_has_open()
    {
        using (var unused = _contents.Open(new ContentKey("unused", null), BlockSize))
            unused.Write(0, new byte[BlockSize]);
        using var pinned = _contents.Open(new ContentKey("pinned", null), BlockSize);
        pinned.Write(0, new byte[BlockSize]);
        FillDiskFor(contentNumber: 3);
        using var content = _contents.Open(new ContentKey("a", null), BlockSize);

        content.Write(0, new byte[BlockSize]);

        Assert.That(_contents.CachedBytes(new ContentKey("unused", null)), Is.Zero);
        Assert.That(pinned.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
    }

    private void FillDiskFor(int contentNumber)
    {
        var path = Store.Contents.ContentFile.PathOf(_temporary.File("content"), contentNumber);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, "/dev/full");
    }
}
