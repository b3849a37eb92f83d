using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// What the kernel is told of its pages of one file while handles come and go. Who writes a file from its first byte on goes around them:
/// that spares a copy of every byte, and the memory for pages that are on the disk's side too. While such a handle is open, others go
/// around as well, since a page filled just beside such a write might be old.
/// </summary>
internal sealed class KernelPages
{
    private readonly Lock _lock = new();
    private int _handles;
    private int _writersAround;
    private bool _hadCompany;

    /// <summary>One more handle.</summary>
    /// <param name="mode">What it is for.</param>
    /// <param name="length">The file's, by now.</param>
    public PageCaching Open(OpenMode mode, long length)
    {
        lock (_lock)
        {
            _hadCompany |= _writersAround > 0;
            var isFirst = _handles++ == 0 && length == 0 && (mode & OpenMode.ReadWrite) == OpenMode.Write;
            if (_writersAround == 0 && !isFirst)
                return PageCaching.Keep;
            if ((mode & OpenMode.Write) != 0)
                _writersAround++;
            return PageCaching.Around;
        }
    }

    /// <summary>
    /// One handle less. Drop: whoever was there beside those who wrote around may have left old pages, by a memory map, in kernels that look
    /// for them only before such a write.
    /// </summary>
    public PageCaching Close(OpenMode mode, PageCaching caching)
    {
        lock (_lock)
        {
            _handles--;
            if (caching != PageCaching.Around || (mode & OpenMode.Write) == 0 || --_writersAround > 0 || !_hadCompany)
                return PageCaching.Keep;
            _hadCompany = false;
            return PageCaching.Drop;
        }
    }
}
