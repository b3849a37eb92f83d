using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Vfs;

/// <summary>What the kernel may do with the pages it holds of an inode that is being opened.</summary>
public enum PageCaching
{
    /// <summary>Keep them: the content is what it was.</summary>
    Keep,
    /// <summary>Drop them first, then cache as usual.</summary>
    Drop,
    /// <summary>
    /// The file is just being written: where reads and writes can go around the kernel's pages and these stay true, they should, which
    /// spares a copy of every byte. Otherwise as <see cref="Keep"/>.
    /// </summary>
    Around,
    /// <summary>Cache nothing and believe no length: the length is unknown until the end is read.</summary>
    Bypass,
    /// <summary>
    /// The kernel may read <see cref="OpenResult.BackingFile"/> itself; where it cannot, as <see cref="Keep"/>. Answered to all openers of
    /// an inode as long as one of them is there, always with the same bytes: kernels insist on that.
    /// </summary>
    Backed,
}

/// <summary>An open file.</summary>
/// <param name="Handle">Valid until Release.</param>
/// <param name="Caching">What the kernel may do with cached pages.</param>
/// <param name="BackingFile">
/// A local file that holds exactly this content, complete and verified, at the same offsets; a host that told so
/// (<see cref="IKernelCache.TakesBackingFiles"/>) hands it to its kernel, so that reads never come here. Owned by the filesystem and valid
/// until Release. Null unless <paramref name="Caching"/> is <see cref="PageCaching.Backed"/>.
/// </param>
public readonly record struct OpenResult(HandleNumber Handle, PageCaching Caching, SafeFileHandle? BackingFile = null);

/// <summary>An open directory.</summary>
/// <param name="Handle">Valid until ReleaseDirectory.</param>
/// <param name="Parent">The directory above, for "..": at the root, the root itself.</param>
/// <param name="Names">
/// What the kernel may do with the names that it holds of the directory. Keep: they are as they were told at an earlier open; Drop: drop
/// them first, then hold those that are told; Bypass: hold none.
/// </param>
public readonly record struct OpenDirectoryResult(HandleNumber Handle, InodeNumber Parent, PageCaching Names = PageCaching.Bypass);

/// <summary>A file that was created and opened in one step.</summary>
public readonly record struct CreateResult(Entry Entry, OpenResult Open);
