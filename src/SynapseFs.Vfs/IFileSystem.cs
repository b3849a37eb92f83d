namespace SynapseFs.Vfs;

/// <summary>
/// The contract of a filesystem, inode by inode, as a kernel needs it. Hosts translate a kernel's requests into these verbs
/// and decide nothing; implementations know no kernel.
/// </summary>
/// <remarks>
/// Absent is null, broken is an exception: <see cref="LookupAsync"/> and <see cref="GetXattrAsync"/> answer null for "not there",
/// everything else throws <see cref="FsException"/>. Verbs may run concurrently, also for one inode or handle. A verb that
/// completes synchronously is answered on the host's reader thread, so only an answer from local memory or disk may do so.
/// Cancellation means that the caller was interrupted: throw <see cref="OperationCanceledException"/>, with nothing half done.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Called once by the host before the first verb. The cache may be called from then on.</summary>
    void Attach(IKernelCache kernelCache);

    // ---- names and attributes ----

    /// <summary>
    /// Finds a name in a directory; null when it is not there. A non-null answer counts as one reference to the inode, held
    /// until <see cref="Forget"/> gives it back. Errors: NotADirectory, AccessDenied, Offline, InputOutput, Stale.
    /// </summary>
    ValueTask<Entry?> LookupAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken);

    /// <summary>The kernel drops <paramref name="lookups"/> references to the inode. Never fails, never blocks.</summary>
    void Forget(InodeNumber inode, ulong lookups);

    /// <summary>Attributes of an inode, through an open handle when one is given (fstat). Errors: Stale, Offline, InputOutput.</summary>
    ValueTask<Entry> GetAttributesAsync(Caller caller, InodeNumber inode, HandleNumber? handle, CancellationToken cancellationToken);

    /// <summary>Changes attributes: truncate, chmod, utimens, chown. Answers them as they are afterwards. Errors: ReadOnly, AccessDenied, NoSpace.</summary>
    ValueTask<Entry> SetAttributesAsync(Caller caller, InodeNumber inode, AttributeChange change, CancellationToken cancellationToken);

    /// <summary>The target of a symbolic link, as text. Errors: InvalidArgument when it is none.</summary>
    ValueTask<string> ReadLinkAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken);

    // ---- changes of the tree; each new name counts as one reference, like a lookup ----

    /// <summary>Creates and opens a file. Without Exclusive an existing file is opened. Errors: AlreadyExists, ReadOnly, AccessDenied, InvalidArgument (name).</summary>
    ValueTask<CreateResult> CreateFileAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, OpenMode mode, CancellationToken cancellationToken);

    /// <summary>Creates a directory. Errors: AlreadyExists, ReadOnly, AccessDenied.</summary>
    ValueTask<Entry> CreateDirectoryAsync(
        Caller caller, InodeNumber parent, FileName name, FilePermissions permissions, CancellationToken cancellationToken);

    /// <summary>Creates a symbolic link. Errors: AlreadyExists, ReadOnly, NotPermitted where the target cannot be represented.</summary>
    ValueTask<Entry> CreateSymbolicLinkAsync(
        Caller caller, InodeNumber parent, FileName name, string target, CancellationToken cancellationToken);

    /// <summary>Gives an inode one more name. Errors: NotPermitted where there are no hard links.</summary>
    ValueTask<Entry> CreateHardLinkAsync(
        Caller caller, InodeNumber inode, InodeNumber newParent, FileName newName, CancellationToken cancellationToken);

    /// <summary>Removes a file's or link's name; open handles keep working. Errors: NotFound, IsADirectory, ReadOnly.</summary>
    ValueTask UnlinkAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken);

    /// <summary>Removes an empty directory. Errors: NotFound, NotADirectory, NotEmpty, ReadOnly.</summary>
    ValueTask RemoveDirectoryAsync(Caller caller, InodeNumber parent, FileName name, CancellationToken cancellationToken);

    /// <summary>Renames and moves in one step. Errors: NotFound, AlreadyExists, NotEmpty, IsADirectory, NotADirectory, InvalidArgument (into itself).</summary>
    ValueTask RenameAsync(
        Caller caller, InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, RenameMode mode,
        CancellationToken cancellationToken);

    // ---- open files ----

    /// <summary>Opens a file: its content is pinned from here to <see cref="ReleaseAsync"/>. Errors: AccessDenied, IsADirectory, ReadOnly, Offline.</summary>
    ValueTask<OpenResult> OpenAsync(Caller caller, InodeNumber inode, OpenMode mode, CancellationToken cancellationToken);

    /// <summary>
    /// Fills <paramref name="destination"/> from <paramref name="offset"/> on; fewer bytes only at the end of the file, 0 beyond
    /// it. Errors: BadHandle, Offline, InputOutput (content that cannot be verified is never returned).
    /// </summary>
    ValueTask<int> ReadAsync(
        Caller caller, HandleNumber handle, long offset, Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Writes all of <paramref name="source"/> at <paramref name="offset"/> (at the end for Append). Errors: BadHandle, NoSpace, TooLarge.</summary>
    ValueTask<int> WriteAsync(
        Caller caller, HandleNumber handle, long offset, ReadOnlyMemory<byte> source, CancellationToken cancellationToken);

    /// <summary>Reserves, zeroes or frees a range (fallocate). Errors: BadHandle, NoSpace, NotSupported.</summary>
    ValueTask AllocateAsync(
        Caller caller, HandleNumber handle, long offset, long length, AllocateMode mode, CancellationToken cancellationToken);

    /// <summary>The first offset at or after <paramref name="offset"/> that is data or hole. Errors: NoData beyond the end.</summary>
    ValueTask<long> SeekAsync(
        Caller caller, HandleNumber handle, long offset, SeekTarget target, CancellationToken cancellationToken);

    /// <summary>Copies a range between two open files without passing it through the caller; the bytes copied. Errors: NotSupported, CrossDevice: copy by hand.</summary>
    ValueTask<long> CopyRangeAsync(
        Caller caller, HandleNumber source, long sourceOffset, HandleNumber target, long targetOffset, long length,
        CancellationToken cancellationToken);

    /// <summary>A descriptor is being closed, perhaps one of several: what was written is safe locally when this returns.</summary>
    ValueTask FlushAsync(Caller caller, HandleNumber handle, CancellationToken cancellationToken);

    /// <summary>fsync(2), of an open file or an open directory.</summary>
    ValueTask SyncAsync(Caller caller, HandleNumber handle, SyncMode mode, CancellationToken cancellationToken);

    /// <summary>The last descriptor is gone; the handle is no longer valid. Nobody hears an error.</summary>
    ValueTask ReleaseAsync(HandleNumber handle);

    // ---- open directories ----

    /// <summary>Opens a directory. Errors: NotADirectory, AccessDenied, Offline.</summary>
    ValueTask<OpenDirectoryResult> OpenDirectoryAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken);

    /// <summary>
    /// Writes entries from <paramref name="cookie"/> on until the writer is full or the listing ends; nothing written means the end. 0 reads from
    /// the start, as the directory is then, and the listing is frozen there. Errors: BadHandle.
    /// </summary>
    ValueTask ReadDirectoryAsync(
        Caller caller, HandleNumber handle, long cookie, IDirectoryWriter writer, CancellationToken cancellationToken);

    ValueTask ReleaseDirectoryAsync(HandleNumber handle);

    // ---- extended attributes; names with their prefix, as user.species ----

    /// <summary>One value, or null when there is no such name.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<string>> ListXattrsAsync(Caller caller, InodeNumber inode, CancellationToken cancellationToken);

    /// <summary>Errors: AlreadyExists, NoXattr (by mode), InvalidArgument, TooLarge, ReadOnly, NotSupported (prefix).</summary>
    ValueTask SetXattrAsync(
        Caller caller, InodeNumber inode, string name, ReadOnlyMemory<byte> value, XattrSetMode mode, CancellationToken cancellationToken);

    /// <summary>Errors: NoXattr, ReadOnly.</summary>
    ValueTask RemoveXattrAsync(Caller caller, InodeNumber inode, string name, CancellationToken cancellationToken);

    // ---- the whole ----

    /// <summary>statfs(2).</summary>
    ValueTask<FilesystemStatistics> GetStatisticsAsync(Caller caller, CancellationToken cancellationToken);
}
