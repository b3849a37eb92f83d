using System.Text;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>Extended attributes.</summary>
internal sealed partial class FuseDispatcher
{
    private const uint XattrCreate = 1;
    private const uint XattrReplace = 2;

    // Of all others (security, system, trusted) there are none: ls asks no second time where they are not supported, else for every file.
    private const string UserPrefix = "user.";

    private async ValueTask GetXattrAsync(FuseCall call)
    {
        var reader = call.Reader;
        var room = reader.Read<GetXattrIn>().Length;
        var value = NameEncoding.TryDecode(reader.ReadName(), out var name)
            ? await fileSystem.GetXattrAsync(call.Caller, call.Inode, name, call.Token)
            : null;
        if (value is { } bytes)
            ReplySized(call, room, bytes.Span);
        else
            call.ReplyError(name?.StartsWith(UserPrefix, StringComparison.Ordinal) == false ? Errno.EOPNOTSUPP : Errno.ENODATA);
    }

    private async ValueTask ListXattrAsync(FuseCall call)
    {
        var room = call.Reader.Read<GetXattrIn>().Length;
        var names = await fileSystem.ListXattrsAsync(call.Caller, call.Inode, call.Token);
        var list = new byte[names.Sum(name => Encoding.UTF8.GetByteCount(name) + 1)];
        var at = 0;
        foreach (var name in names)
            at += Encoding.UTF8.GetBytes(name, list.AsSpan(at)) + 1;
        ReplySized(call, room, list);
    }

    private async ValueTask SetXattrAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = reader.Read<SetXattrIn>();
        var name = XattrName(reader.ReadName());
        var value = reader.ReadBytes(message.Length).ToArray();
        var mode = message.Flags switch
        {
            0 => XattrSetMode.CreateOrReplace,
            XattrCreate => XattrSetMode.Create,
            XattrReplace => XattrSetMode.Replace,
            _ => throw new FsException(FsError.InvalidArgument, $"setxattr knows no flags {message.Flags:x}."),
        };
        await fileSystem.SetXattrAsync(call.Caller, call.Inode, name, value, mode, call.Token);
        call.ReplyDone();
    }

    private async ValueTask RemoveXattrAsync(FuseCall call)
    {
        await fileSystem.RemoveXattrAsync(call.Caller, call.Inode, XattrName(call.Reader.ReadName()), call.Token);
        call.ReplyDone();
    }

    /// <summary>Room for nothing asks how much is needed; too little room is ERANGE.</summary>
    private static void ReplySized(FuseCall call, uint room, ReadOnlySpan<byte> bytes)
    {
        if (room == 0)
            call.Reply(new GetXattrOut((uint)bytes.Length, 0));
        else if (bytes.Length > room)
            call.ReplyError(Errno.ERANGE);
        else
            call.Reply(bytes);
    }

    private static string XattrName(ReadOnlySpan<byte> bytes) => NameEncoding.TryDecode(bytes, out var name)
        ? name
        : throw new FsException(FsError.InvalidArgument, "The name of an extended attribute is not valid UTF-8.");
}
