using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Tests.Protocol;

internal sealed class OpenFlagsTests
{
    [TestCase(PageCaching.Keep, true, (uint)FuseOpenFlags.KeepCache)]
    [TestCase(PageCaching.Drop, true, (uint)FuseOpenFlags.None)]
    [TestCase(PageCaching.Bypass, false, (uint)FuseOpenFlags.DirectIo)]
    [TestCase(PageCaching.Around, true, (uint)FuseOpenFlags.DirectIo)]
    [TestCase(PageCaching.Around, false, (uint)FuseOpenFlags.KeepCache)]
    public void Pages_are_gone_around_where_the_kernel_keeps_them_true(PageCaching caching, bool keepsPagesTrue, uint expected) =>
        Assert.That((uint)OpenFlags.ForPages(caching, keepsPagesTrue), Is.EqualTo(expected));
}
