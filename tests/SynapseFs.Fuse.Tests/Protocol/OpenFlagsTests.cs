using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Tests.Protocol;

internal sealed class OpenFlagsTests
{
    [TestCase(0x8000u, OpenMode.Read)]
    [TestCase(0x8020u, OpenMode.Read | OpenMode.Execute)]
    [TestCase(0x401u, OpenMode.Write | OpenMode.Append)]
    public void What_the_kernel_opens_to_execute_it_is_told_apart(uint flags, OpenMode expected) =>
        Assert.That(OpenFlags.ToMode(flags), Is.EqualTo(expected));

    [TestCase(PageCaching.Keep, true, (uint)FuseOpenFlags.KeepCache)]
    [TestCase(PageCaching.Drop, true, (uint)FuseOpenFlags.None)]
    [TestCase(PageCaching.Bypass, false, (uint)FuseOpenFlags.DirectIo)]
    [TestCase(PageCaching.Around, true, (uint)FuseOpenFlags.DirectIo)]
    [TestCase(PageCaching.Around, false, (uint)FuseOpenFlags.KeepCache)]
    public void Pages_are_gone_around_where_the_kernel_keeps_them_true(PageCaching caching, bool keepsPagesTrue, uint expected) =>
        Assert.That((uint)OpenFlags.ForPages(caching, keepsPagesTrue), Is.EqualTo(expected));
}
