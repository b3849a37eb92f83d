using System.Buffers;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>Open files.</summary>
internal sealed partial class FuseDispatcher
{
    /// <summary>COPY_FILE_RANGE answers in 32 bits; a multiple of any block, so that callers go on aligned.</summary>
    private const long LongestCopy = 1L << 30;

    /// <summary>Up to here a reply's buffer is cheap for the kernel to take hold of wherever it lies.</summary>
    private const int SmallReply = 64 * 1024;

    /// <summary>For large replies. There are few of these: who waits for bytes from elsewhere must not hold them all.</summary>
    private readonly BufferStack _replies = new(Handshake.MaxWrite);

    private const AllocateMode KnownAllocateModes = AllocateMode.KeepLength | AllocateMode.PunchHole | AllocateMode.ZeroRange;

    private async ValueTask OpenAsync(FuseCall call)
    {
        var message = call.Reader.Read<OpenIn>();
        var open = await fileSystem.OpenAsync(call.Caller, call.Inode, OpenFlags.ToMode(message.Flags), call.Token);
        call.Reply(await OpenOfAsync(call.Header.NodeId, open));
    }

    private async ValueTask ReadAsync(FuseCall call)
    {
        var message = call.Reader.Read<ReadIn>();
        var room = (int)Math.Min(message.Length, Handshake.MaxWrite);
        byte[]? pooled = null;
        if (room <= SmallReply || !_replies.TryRent(out var buffer))
            buffer = pooled = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            var destination = buffer[..room];
            var length = await fileSystem.ReadAsync(
                call.Caller, new HandleNumber(message.Handle), (long)message.Offset, destination, call.Token);
            call.Reply(destination.Span[..length]);
        }
        finally
        {
            if (pooled is null)
                _replies.Return(buffer);
            else
                ArrayPool<byte>.Shared.Return(pooled);
        }
    }

    private async ValueTask WriteAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = reader.Read<WriteIn>();
        var start = call.Body.Length - reader.Remaining;
        reader.ReadBytes(message.Length);
        var written = await fileSystem.WriteAsync(
            call.Caller, new HandleNumber(message.Handle), (long)message.Offset, call.Body.Slice(start, (int)message.Length), call.Token);
        call.Reply(new WriteOut((uint)written, 0));
    }

    private async ValueTask FlushAsync(FuseCall call)
    {
        await fileSystem.FlushAsync(call.Caller, new HandleNumber(call.Reader.Read<FlushIn>().Handle), call.Token);
        call.ReplyDone();
    }

    /// <summary>Files and directories alike: handles of both come from one filesystem, which knows them apart.</summary>
    private async ValueTask FSyncAsync(FuseCall call)
    {
        var message = call.Reader.Read<FSyncIn>();
        var mode = (message.Flags & FSyncIn.ContentOnly) != 0 ? SyncMode.ContentOnly : SyncMode.Everything;
        await fileSystem.SyncAsync(call.Caller, new HandleNumber(message.Handle), mode, call.Token);
        call.ReplyDone();
    }

    private async ValueTask ReleaseAsync(FuseCall call)
    {
        // First: to whom the filesystem offers a file from here on, that one may be told of it.
        Backing?.Close(call.Header.NodeId);
        await fileSystem.ReleaseAsync(new HandleNumber(call.Reader.Read<ReleaseIn>().Handle));
        call.ReplyDone();
    }

    private async ValueTask FAllocateAsync(FuseCall call)
    {
        var message = call.Reader.Read<FAllocateIn>();
        var mode = (AllocateMode)message.Mode;
        if ((mode & ~KnownAllocateModes) != 0)
            throw new FsException(FsError.NotSupported, $"fallocate mode {message.Mode:x} has no counterpart here.");
        await fileSystem.AllocateAsync(
            call.Caller, new HandleNumber(message.Handle), (long)message.Offset, (long)message.Length, mode, call.Token);
        call.ReplyDone();
    }

    private async ValueTask LSeekAsync(FuseCall call)
    {
        var message = call.Reader.Read<LSeekIn>();
        var target = message.Whence switch
        {
            LSeekIn.SeekData => SeekTarget.Data,
            LSeekIn.SeekHole => SeekTarget.Hole,
            _ => throw new FsException(FsError.InvalidArgument, $"lseek knows no origin {message.Whence}."),
        };
        var offset = await fileSystem.SeekAsync(
            call.Caller, new HandleNumber(message.Handle), (long)message.Offset, target, call.Token);
        call.Reply(new LSeekOut((ulong)offset));
    }

    private async ValueTask CopyFileRangeAsync(FuseCall call)
    {
        var message = call.Reader.Read<CopyFileRangeIn>();
        if (message.Flags != 0)
            throw new FsException(FsError.InvalidArgument, $"copy_file_range knows no flags {message.Flags:x}.");
        var copied = await fileSystem.CopyRangeAsync(
            call.Caller, new HandleNumber(message.SourceHandle), (long)message.SourceOffset, new HandleNumber(message.TargetHandle),
            (long)message.TargetOffset, (long)Math.Min(message.Length, LongestCopy), call.Token);
        if (call.Header.Opcode == FuseOpcode.CopyFileRange64)
            call.Reply(new CopyFileRangeOut((ulong)copied));
        else
            call.Reply(new WriteOut((uint)copied, 0));
    }

    private async ValueTask<OpenOut> OpenOfAsync(ulong inode, OpenResult open)
    {
        try
        {
            return Backing?.Open(inode, open.BackingFile) is > 0 and var number
                ? new OpenOut(open.Handle.Value, FuseOpenFlags.Passthrough, number)
                : new OpenOut(open.Handle.Value, OpenFlags.ForPages(open.Caching, KeepsPagesTrue), 0);
        }
        catch (FsException)
        {
            await fileSystem.ReleaseAsync(open.Handle);
            throw;
        }
    }
}
