using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

internal sealed class KernelPagesTests
{
    private readonly KernelPages _pages = new();

    [TestCase(OpenMode.Write, 0, PageCaching.Around)]
    [TestCase(OpenMode.Write | OpenMode.Append, 0, PageCaching.Around)]
    [TestCase(OpenMode.Write | OpenMode.Truncate, 0, PageCaching.Around)]
    [TestCase(OpenMode.Write, 1, PageCaching.Keep)]
    [TestCase(OpenMode.ReadWrite, 0, PageCaching.Keep)]
    [TestCase(OpenMode.Read, 0, PageCaching.Keep)]
    public void Only_who_writes_an_empty_file_and_does_not_read_it_goes_around(OpenMode mode, long length, PageCaching expected) =>
        Assert.That(new KernelPages().Open(mode, length, canBeBacked: false), Is.EqualTo(expected));

    [Test]
    public void While_somebody_goes_around_all_do_and_afterwards_nobody()
    {
        _pages.Open(OpenMode.Write, 0, canBeBacked: false);

        Assert.That(_pages.Open(OpenMode.Read, 0, canBeBacked: false), Is.EqualTo(PageCaching.Around));
        Assert.That(_pages.Open(OpenMode.ReadWrite, 10, canBeBacked: false), Is.EqualTo(PageCaching.Around));
        _pages.Close(OpenMode.Write, PageCaching.Around);
        Assert.That(_pages.Open(OpenMode.Read, 10, canBeBacked: false), Is.EqualTo(PageCaching.Around));
        _pages.Close(OpenMode.ReadWrite, PageCaching.Around);
        Assert.That(_pages.Open(OpenMode.Read, 10, canBeBacked: false), Is.EqualTo(PageCaching.Keep), "Readers alone do not keep others from the pages.");
    }

    [Test]
    public void Who_comes_to_a_file_that_is_open_never_begins_to_go_around()
    {
        _pages.Open(OpenMode.Read, 0, canBeBacked: false);

        Assert.That(_pages.Open(OpenMode.Write | OpenMode.Truncate, 0, canBeBacked: false), Is.EqualTo(PageCaching.Keep));
    }

    [Test]
    public void Pages_are_dropped_when_the_last_writer_who_went_around_had_company()
    {
        _pages.Open(OpenMode.Write, 0, canBeBacked: false);
        Assert.That(_pages.Close(OpenMode.Write, PageCaching.Around), Is.EqualTo(PageCaching.Keep), "Alone.");
        _pages.Open(OpenMode.Write, 0, canBeBacked: false);
        _pages.Open(OpenMode.Read, 0, canBeBacked: false);

        Assert.That(_pages.Close(OpenMode.Read, PageCaching.Around), Is.EqualTo(PageCaching.Keep));
        Assert.That(_pages.Close(OpenMode.Write, PageCaching.Around), Is.EqualTo(PageCaching.Drop));
        _pages.Open(OpenMode.Write, 0, canBeBacked: false);
        Assert.That(_pages.Close(OpenMode.Write, PageCaching.Around), Is.EqualTo(PageCaching.Keep), "That was another time.");
    }
}
