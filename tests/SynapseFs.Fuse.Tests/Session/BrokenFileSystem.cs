using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Tests.Session;

/// <summary>Fails at every verb with what no filesystem should throw.</summary>
internal sealed class BrokenFileSystem : IFileSystem
{
    private static InvalidOperationException Broken => new("This filesystem is broken on purpose.");

    public void Attach(IKernelCache kernelCache) => throw Broken;

    public ValueTask<Entry?> LookupAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) => throw Broken;

    public void Forget(InodeNumber inode, ulong lookups) => throw Broken;

    public ValueTask<Entry> GetAttributesAsync(Caller caller, InodeNumber inode, HandleNumber? handle, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<Entry> SetAttributesAsync(Caller caller, InodeNumber inode, AttributeChange change, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<string> ReadLinkAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<CreateResult> CreateFileAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, OpenMode mode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<Entry> CreateDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<Entry> CreateSymbolicLinkAsync(
        Caller caller, InodeNumber parent, FileName name, string target, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<Entry> CreateHardLinkAsync(
        Caller caller, InodeNumber inode, InodeNumber newParent, FileName newName, CancellationToken cancellationToken) => throw Broken;

    public ValueTask UnlinkAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) => throw Broken;

    public ValueTask RemoveDirectoryAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) => throw Broken;

    public ValueTask RenameAsync(
        Caller caller, InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, RenameMode mode,
        CancellationToken cancellationToken) => throw Broken;

    public ValueTask<OpenResult> OpenAsync(Caller caller, InodeNumber inode, OpenMode mode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<int> ReadAsync(
        Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<int> WriteAsync(
        Caller caller, HandleNumber handle, long offset, ReadOnlyMemory<byte> source, CancellationToken cancellationToken) => throw Broken;

    public ValueTask AllocateAsync(
        Caller caller, HandleNumber handle, long offset, long length, AllocateMode mode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<long> SeekAsync(
        Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<long> CopyRangeAsync(
        Caller caller, HandleNumber source, long sourceOffset, HandleNumber target, long targetOffset, long length,
        CancellationToken cancellationToken) => throw Broken;

    public ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken) => throw Broken;

    public ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask ReleaseAsync(HandleNumber handle) => throw Broken;

    public ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken) => throw Broken;

    public ValueTask ReleaseDirectoryAsync(HandleNumber handle) => throw Broken;

    public ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<IReadOnlyList<string>> ListXattrsAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask SetXattrAsync(
        Caller caller, InodeNumber inode, string name, ReadOnlyMemory<byte> value, XattrSetMode mode, CancellationToken cancellationToken) => throw Broken;

    public ValueTask RemoveXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken) => throw Broken;

    public ValueTask<FilesystemStatistics> GetStatisticsAsync(Caller caller, CancellationToken cancellationToken) => throw Broken;
}
