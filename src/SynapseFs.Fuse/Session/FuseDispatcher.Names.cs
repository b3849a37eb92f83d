using System.Text;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>Names: lookup, create, link, unlink, rename.</summary>
internal sealed partial class FuseDispatcher
{
    private const uint TypeMask = 0xf000;
    private const uint RegularFile = 0x8000;
    private const uint RenameNoReplace = 1;
    private const uint RenameExchange = 2;

    private async ValueTask LookupAsync(FuseCall call)
    {
        var found = NameEncoding.ToFileName(call.Reader.ReadName()) is { } name
            ? await fileSystem.LookupAsync(call.Caller, call.Inode, name, call.Token)
            : null;
        if (found is { } entry)
            call.Reply(encoding.ToEntry(entry));
        else
            call.ReplyError(Errno.ENOENT);
    }

    private async ValueTask MkDirAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = reader.Read<MkDirIn>();
        var name = NewName(reader.ReadName());
        var permissions = (FilePermissions)(message.Mode & FuseCall.PermissionMask);
        call.Reply(encoding.ToEntry(
            await fileSystem.CreateDirectoryAsync(call.CallerWith(message.Umask), call.Inode, name, permissions, call.Token)));
    }

    /// <summary>Regular files only: devices, pipes and sockets have no counterpart in the contract.</summary>
    private async ValueTask MkNodAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = reader.Read<MkNodIn>();
        var name = NewName(reader.ReadName());
        if ((message.Mode & TypeMask) is not (RegularFile or 0))
            throw new FsException(FsError.NotPermitted, $"'{name}' would be neither a file, a directory nor a link.");
        var permissions = (FilePermissions)(message.Mode & FuseCall.PermissionMask);
        var created = await fileSystem.CreateFileAsync(
            call.CallerWith(message.Umask), call.Inode, name, permissions, OpenMode.Read | OpenMode.Exclusive, call.Token);
        await fileSystem.ReleaseAsync(created.Open.Handle);
        call.Reply(encoding.ToEntry(created.Entry));
    }

    private async ValueTask CreateAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = reader.Read<CreateIn>();
        var name = NewName(reader.ReadName());
        var permissions = (FilePermissions)(message.Mode & FuseCall.PermissionMask);
        var created = await fileSystem.CreateFileAsync(
            call.CallerWith(message.Umask), call.Inode, name, permissions, OpenFlags.ToMode(message.Flags), call.Token);
        var entry = encoding.ToEntry(created.Entry);
        call.Reply(new CreateOut(entry, await OpenOfAsync(entry.NodeId, created.Open)));
    }

    private async ValueTask SymLinkAsync(FuseCall call)
    {
        var reader = call.Reader;
        var name = NewName(reader.ReadName());
        if (!NameEncoding.TryDecode(reader.ReadName(), out var target))
            throw new FsException(FsError.InvalidArgument, $"The target of the link '{name}' is not valid UTF-8.");
        call.Reply(encoding.ToEntry(await fileSystem.CreateSymbolicLinkAsync(call.Caller, call.Inode, name, target, call.Token)));
    }

    private async ValueTask LinkAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = reader.Read<LinkIn>();
        var name = NewName(reader.ReadName());
        call.Reply(encoding.ToEntry(await fileSystem.CreateHardLinkAsync(
            call.Caller, new InodeNumber(message.OldNodeId), call.Inode, name, call.Token)));
    }

    private async ValueTask UnlinkAsync(FuseCall call)
    {
        await fileSystem.UnlinkAsync(call.Caller, call.Inode, ExistingName(call.Reader.ReadName()), call.Token);
        call.ReplyDone();
    }

    private async ValueTask RmDirAsync(FuseCall call)
    {
        await fileSystem.RemoveDirectoryAsync(call.Caller, call.Inode, ExistingName(call.Reader.ReadName()), call.Token);
        call.ReplyDone();
    }

    private async ValueTask RenameAsync(FuseCall call)
    {
        var reader = call.Reader;
        var message = call.Header.Opcode == FuseOpcode.Rename2
            ? reader.Read<Rename2In>()
            : new Rename2In(reader.Read<RenameIn>().NewParent, 0, 0);
        var name = ExistingName(reader.ReadName());
        var newName = NewName(reader.ReadName());
        var mode = message.Flags switch
        {
            0 => RenameMode.Replace,
            RenameNoReplace => RenameMode.NoReplace,
            RenameExchange => RenameMode.Exchange,
            _ => throw new FsException(FsError.InvalidArgument, $"Renaming '{name}' asks for unknown flags {message.Flags:x}."),
        };
        await fileSystem.RenameAsync(call.Caller, call.Inode, name, new InodeNumber(message.NewParent), newName, mode, call.Token);
        call.ReplyDone();
    }

    private async ValueTask ReadLinkAsync(FuseCall call)
    {
        var target = await fileSystem.ReadLinkAsync(call.Caller, call.Inode, call.Token);
        call.Reply(Encoding.UTF8.GetBytes(target));
    }
}
