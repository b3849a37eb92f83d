using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// One request on its way through the dispatcher. <see cref="Body"/> is the reader's own buffer and is overwritten once the verb
/// waits for something: decode before the first await. WRITE alone keeps its buffer to the end.
/// </summary>
internal readonly record struct FuseCall(FuseDevice Device, InHeader Header, ReadOnlyMemory<byte> Body, CancellationToken Token)
{
    public InodeNumber Inode => new(Header.NodeId);

    public Caller Caller => CallerWith(0);

    public MessageReader Reader => new(Body.Span);

    /// <summary>Some messages carry their caller's umask; the kernel has applied it already.</summary>
    public Caller CallerWith(uint umask) => new(
        Header.UserId, Header.GroupId, Header.ProcessId == 0 ? null : (int)Header.ProcessId, (FilePermissions)(umask & PermissionMask));

    public void Reply<T>(in T body)
        where T : unmanaged => Device.Reply(Header.Unique, body);

    public void Reply(ReadOnlySpan<byte> body) => Device.Reply(Header.Unique, body);

    public void ReplyDone() => Device.Reply(Header.Unique, default);

    public void ReplyError(int errno) => Device.ReplyError(Header.Unique, errno);

    public const uint PermissionMask = 0xfff;
}
