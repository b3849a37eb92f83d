using System.Runtime.InteropServices;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Tests.Protocol;

public sealed class DirectoryReplyTests
{
    private static readonly AttributeEncoding Encoding = new(1000, 1000);

    [Test]
    public void An_entry_is_padded_to_eight_bytes_with_zeros()
    {
        var buffer = Enumerable.Repeat((byte)0xff, 64).ToArray();
        var reply = new DirectoryReply(buffer, withDetails: false, Encoding);

        Assert.That(reply.TryAdd(Named("abc", 5, 9)));

        Assert.That(reply.Length, Is.EqualTo(32));
        Assert.That(MemoryMarshal.Read<DirectoryEntryHeader>(buffer), Is.EqualTo(new DirectoryEntryHeader(5, 11, 3, 8)));
        Assert.That(buffer[24..32], Is.EqualTo("abc\0\0\0\0\0"u8.ToArray()));
    }

    [Test]
    public void Dots_come_first_and_only_once()
    {
        var buffer = new byte[256];
        var fromStart = new DirectoryReply(buffer, false, Encoding);
        var afterDot = new DirectoryReply(buffer, false, Encoding);
        var afterBoth = new DirectoryReply(buffer, false, Encoding);

        Assert.That(fromStart.TryAddDots(0, new InodeNumber(8), InodeNumber.Root));
        Assert.That(afterDot.TryAddDots(1, new InodeNumber(8), InodeNumber.Root));
        Assert.That(afterBoth.TryAddDots(2, new InodeNumber(8), InodeNumber.Root));

        Assert.That((fromStart.Length, afterDot.Length, afterBoth.Length), Is.EqualTo((64, 32, 0)));
    }

    [Test]
    public void What_does_not_fit_is_not_begun()
    {
        var reply = new DirectoryReply(new byte[55], false, Encoding);

        Assert.That(reply.TryAdd(Named("first", 2, 1)));
        Assert.That(reply.TryAdd(Named("second", 3, 2)), Is.False);

        Assert.That(reply.Length, Is.EqualTo(32));
    }

    [Test]
    public void An_entry_without_details_has_node_zero_and_keeps_its_inode_number()
    {
        var buffer = new byte[256];
        var reply = new DirectoryReply(buffer, withDetails: true, Encoding);

        reply.TryAdd(Named("abc", 5, 1));

        Assert.That(MemoryMarshal.Read<EntryOut>(buffer), Is.EqualTo(default(EntryOut)));
        Assert.That(MemoryMarshal.Read<DirectoryEntryHeader>(buffer.AsSpan(128)).Inode, Is.EqualTo(5));
    }

    [Test]
    public void An_entry_with_details_carries_them()
    {
        var buffer = new byte[256];
        var reply = new DirectoryReply(buffer, withDetails: true, Encoding);
        var attributes = new Attributes
        {
            Inode = new InodeNumber(5),
            Type = NodeType.File,
            Length = 42,
            Permissions = FilePermissions.AllRead,
            Modified = DateTimeOffset.UnixEpoch,
        };

        reply.TryAdd(Named("abc", 5, 1) with { Details = new Entry(attributes, TimeSpan.FromSeconds(1.5)) });

        var entry = MemoryMarshal.Read<EntryOut>(buffer);
        Assert.That((entry.NodeId, entry.Attr.Length, entry.Attr.Mode), Is.EqualTo((5UL, 42UL, 0x8124u)));
        Assert.That((entry.EntryValidSeconds, entry.EntryValidNanoseconds), Is.EqualTo((1UL, 500_000_000u)));
    }

    private static DirectoryEntry Named(string name, ulong inode, long cookie) =>
        new(FileName.Create(name), new InodeNumber(inode), NodeType.File, cookie, null);
}
