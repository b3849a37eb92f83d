using SynapseFs.Vfs;

namespace SynapseFs.Testing.PowerCuts;

/// <summary>The verbs that change nothing durable.</summary>
public sealed partial class CuttableFileSystem
{
    public ValueTask<Entry?> LookupAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken) =>
        _inner.LookupAsync(caller, parent, name, cancellationToken);

    public void Forget(InodeNumber inode, ulong lookups) => _inner.Forget(inode, lookups);

    public ValueTask<Entry> GetAttributesAsync(
        Caller caller, InodeNumber inode, HandleNumber? handle, CancellationToken cancellationToken) =>
        _inner.GetAttributesAsync(caller, inode, handle, cancellationToken);

    public ValueTask<string> ReadLinkAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) =>
        _inner.ReadLinkAsync(caller, inode, cancellationToken);

    public ValueTask<Entry> CreateSymbolicLinkAsync(
        Caller caller, InodeNumber parent, FileName name, string target, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotSupported, "This disk has no links.");

    public ValueTask<Entry> CreateHardLinkAsync(
        Caller caller, InodeNumber inode, InodeNumber newParent, FileName newName, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotPermitted, "This disk has no links.");

    public ValueTask<int> ReadAsync(
        Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        _inner.ReadAsync(caller, handle, offset, destination, cancellationToken);

    public ValueTask<long> SeekAsync(
        Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken) =>
        _inner.SeekAsync(caller, handle, offset, target, cancellationToken);

    public ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) =>
        _inner.OpenDirectoryAsync(caller, inode, cancellationToken);

    public ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken) =>
        _inner.ReadDirectoryAsync(caller, handle, cookie, writer, cancellationToken);

    public ValueTask ReleaseDirectoryAsync(HandleNumber handle) => _inner.ReleaseDirectoryAsync(handle);

    public ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(
        Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken) => new((ReadOnlyMemory<byte>?)null);

    public ValueTask<IReadOnlyList<string>> ListXattrsAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken) => new([]);

    public ValueTask SetXattrAsync(
        Caller caller, InodeNumber inode, string name, ReadOnlyMemory<byte> value, XattrSetMode mode, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotSupported, "This disk has no extended attributes.");

    public ValueTask RemoveXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotSupported, "This disk has no extended attributes.");

    public ValueTask<FilesystemStatistics> GetStatisticsAsync(Caller caller, CancellationToken cancellationToken) =>
        _inner.GetStatisticsAsync(caller, cancellationToken);
}
