using System.Runtime.CompilerServices;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;

namespace SynapseFs.Fuse.Tests.Protocol;

/// <summary>Sizes as sizeof tells of the structures in linux/fuse.h (7.45), linux/stat.h and sys/socket.h.</summary>
public sealed class WireSizeTests
{
    private static IEnumerable<TestCaseData> Structures()
    {
        yield return Case<InHeader>(40);
        yield return Case<OutHeader>(16);
        yield return Case<InitOut>(64);
        yield return Case<FuseAttr>(88);
        yield return Case<GetAttrIn>(16);
        yield return Case<AttrOut>(104);
        yield return Case<SetAttrIn>(88);
        yield return Case<StatxIn>(24);
        yield return Case<StatxTime>(16);
        yield return Case<StatxOut>(288);
        yield return Case<EntryOut>(128);
        yield return Case<ForgetIn>(8);
        yield return Case<BatchForgetIn>(8);
        yield return Case<ForgetOne>(16);
        yield return Case<MkNodIn>(16);
        yield return Case<MkDirIn>(8);
        yield return Case<RenameIn>(8);
        yield return Case<Rename2In>(16);
        yield return Case<LinkIn>(8);
        yield return Case<OpenIn>(8);
        yield return Case<CreateIn>(16);
        yield return Case<OpenOut>(16);
        yield return Case<CreateOut>(144);
        yield return Case<ReadIn>(40);
        yield return Case<WriteIn>(40);
        yield return Case<WriteOut>(8);
        yield return Case<ReleaseIn>(24);
        yield return Case<FlushIn>(24);
        yield return Case<FSyncIn>(16);
        yield return Case<FAllocateIn>(32);
        yield return Case<LSeekIn>(24);
        yield return Case<LSeekOut>(8);
        yield return Case<CopyFileRangeIn>(56);
        yield return Case<CopyFileRangeOut>(8);
        yield return Case<SetXattrIn>(8);
        yield return Case<GetXattrIn>(8);
        yield return Case<GetXattrOut>(8);
        yield return Case<DirectoryEntryHeader>(24);
        yield return Case<StatFsOut>(80);
        yield return Case<InterruptIn>(8);
        yield return Case<InvalidateInodeOut>(24);
        yield return Case<InvalidateEntryOut>(16);
        yield return Case<DeleteOut>(24);
        yield return Case<StatxBuffer>(256);
        yield return Case<IoVector>(16);
        yield return Case<MessageHeader>(56);
        yield return Case<DescriptorMessage>(24);
    }

    [TestCaseSource(nameof(Structures))]
    public void A_structure_has_the_size_that_the_kernel_gives_it(int actual, int expected) => Assert.That(actual, Is.EqualTo(expected));

    [Test]
    public void The_birth_time_stands_where_struct_statx_has_it()
    {
        var reply = new StatxOut { Created = new StatxTime(0x1122334455667788, 0, 0) };

        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<StatxOut>(in reply));

        // 32 bytes of statx_out before the statx, in which stx_btime is at 0x50.
        Assert.That(BitConverter.ToInt64(bytes[(32 + 0x50)..]), Is.EqualTo(0x1122334455667788));
    }

    private static TestCaseData Case<T>(int size)
        where T : unmanaged => new TestCaseData(Unsafe.SizeOf<T>(), size).SetArgDisplayNames(typeof(T).Name);
}
