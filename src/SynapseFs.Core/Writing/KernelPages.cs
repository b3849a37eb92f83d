using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>
/// What the kernel is told of its pages of one file while handles come and go. Who writes a file from its first byte on goes around them:
/// that spares a copy of every byte, and the memory for pages that are on the disk's side too. While such a handle is open, others go
/// around as well, since a page filled just beside such a write might be old. What nobody can change here the kernel may read itself, from
/// the cached file: then all openers at one time have to do so, and nobody can write.
/// </summary>
internal sealed class KernelPages
{
    private readonly Lock _lock = new();
    private int _handles;
    private int _writersAround;
    private int _backed;
    private bool _hadCompany;

    /// <summary>Whether the kernel reads it itself just now.</summary>
    public bool IsBacked
    {
        get
        {
            lock (_lock)
                return _backed > 0;
        }
    }

    /// <summary>Writing has to wait for those whose reads never come here: they would not see what is written.</summary>
    /// <exception cref="FsException">Busy.</exception>
    public void RequireUnbacked()
    {
        lock (_lock)
            RequireUnbackedLocked();
    }

    /// <summary>One more handle.</summary>
    /// <param name="mode">What it is for.</param>
    /// <param name="length">The file's, by now.</param>
    /// <param name="canBeBacked">Whether there is a file that the kernel can read itself.</param>
    /// <exception cref="FsException">Busy: others read it by the kernel, and this one has to write, or cannot do so.</exception>
    public PageCaching Open(OpenMode mode, long length, bool canBeBacked)
    {
        lock (_lock)
        {
            if ((mode & OpenMode.Write) != 0)
                RequireUnbackedLocked();
            if (_backed > 0 && !canBeBacked)
                throw new FsException(FsError.Busy, "Its cached file was touched by somebody while the kernel reads it; it is being checked.");
            if (canBeBacked && _backed == _handles)
            {
                _handles++;
                _backed++;
                return PageCaching.Backed;
            }

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
            _backed -= caching == PageCaching.Backed ? 1 : 0;
            if (caching != PageCaching.Around || (mode & OpenMode.Write) == 0 || --_writersAround > 0 || !_hadCompany)
                return PageCaching.Keep;
            _hadCompany = false;
            return PageCaching.Drop;
        }
    }

    private void RequireUnbackedLocked()
    {
        if (_backed > 0)
            throw new FsException(FsError.Busy, "It was opened when it could not be changed; it can be when its readers have closed it.");
    }
}
