using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Every verb that would change something. The mount offers reading only, so each of them refuses.</summary>
public sealed partial class RemoteFileSystem
{
    public ValueTask<Entry> SetAttributesAsync(
        Caller caller, InodeNumber inode, AttributeChange change, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask<CreateResult> CreateFileAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, OpenMode mode,
        CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask<Entry> CreateDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public ValueTask<Entry> CreateSymbolicLinkAsync(
        Caller caller, InodeNumber parent, FileName name, string target, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask<Entry> CreateHardLinkAsync(
        Caller caller, InodeNumber inode, InodeNumber newParent, FileName newName, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public ValueTask UnlinkAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public ValueTask RemoveDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask RenameAsync(
        Caller caller, InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, RenameMode mode,
        CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask<int> WriteAsync(
        Caller caller, HandleNumber handle, long offset, ReadOnlyMemory<byte> source, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public ValueTask AllocateAsync(
        Caller caller, HandleNumber handle, long offset, long length, AllocateMode mode, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public ValueTask<long> CopyRangeAsync(
        Caller caller, HandleNumber source, long sourceOffset, HandleNumber target, long targetOffset, long length,
        CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetXattrAsync(
        Caller caller, InodeNumber inode, string name, ReadOnlyMemory<byte> value, XattrSetMode mode,
        CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask RemoveXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken) =>
        throw ReadOnly();

    private static FsException ReadOnly() => new(FsError.ReadOnly, "This mount offers reading only.");
}
