using System.Buffers;
using System.Collections.Concurrent;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>Open directories.</summary>
internal sealed partial class FuseDispatcher
{
    /// <summary>What "." and ".." of each open directory are.</summary>
    private readonly ConcurrentDictionary<ulong, DirectoryDots> _openDirectories = new();

    private async ValueTask OpenDirAsync(FuseCall call)
    {
        var opened = await fileSystem.OpenDirectoryAsync(call.Caller, call.Inode, call.Token);
        _openDirectories[opened.Handle.Value] = new DirectoryDots(call.Inode, opened.Parent);
        call.Reply(new OpenOut(opened.Handle.Value, OpenFlags.ForNames(opened.Names), 0));
    }

    private async ValueTask ReadDirAsync(FuseCall call)
    {
        var message = call.Reader.Read<ReadIn>();
        if (!_openDirectories.TryGetValue(message.Handle, out var dots))
            throw new FsException(FsError.BadHandle, $"No directory is open under handle {message.Handle}.");
        var cookie = (long)message.Offset;
        var room = (int)Math.Min(message.Length, Handshake.MaxWrite);
        var buffer = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            var reply = new DirectoryReply(buffer.AsMemory(0, room), call.Header.Opcode == FuseOpcode.ReadDirPlus, encoding);
            if (reply.TryAddDots(cookie, dots.Self, dots.Parent))
            {
                await fileSystem.ReadDirectoryAsync(
                    call.Caller, new HandleNumber(message.Handle), Math.Max(cookie - DirectoryReply.CookieShift, 0), reply, call.Token);
            }

            call.Reply(buffer.AsSpan(0, reply.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask ReleaseDirAsync(FuseCall call)
    {
        var handle = call.Reader.Read<ReleaseIn>().Handle;
        _openDirectories.TryRemove(handle, out _);
        await fileSystem.ReleaseDirectoryAsync(new HandleNumber(handle));
        call.ReplyDone();
    }

    private readonly record struct DirectoryDots(InodeNumber Self, InodeNumber Parent);
}
