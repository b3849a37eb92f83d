using System.Buffers;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Contents;

namespace SynapseFs.Store;

/// <summary>
/// A content whose file is sealed needs no looking at checksums: it is complete, verified, safe on the disk, and nobody wrote to it since
/// (<see cref="ContentSeal"/>).
/// </summary>
public sealed partial class StoredContent
{
    // What the last look said; looked at again when the file is handed out and after every read.
    private volatile bool _mayBeSealed = true;

    /// <summary>
    /// The file that holds exactly this content at the same offsets, for whoever reads it past this object; null while it is not sealed,
    /// and for small contents, which have no file. It stays this object's and valid until <see cref="Dispose"/>.
    /// </summary>
    public SafeFileHandle? SealedFile
    {
        get
        {
            try
            {
                if (!IsWholeFile || _file.Handle is not { } file || RandomAccess.GetLength(file) != Length)
                    return null;
                _mayBeSealed = ContentSeal.IsOn(file);
                return _mayBeSealed ? file : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                return null;
            }
        }
    }

    /// <summary>Whether <see cref="Seal"/> has something to do.</summary>
    public bool WantsSeal => IsWholeFile && SealedFile is null;

    private bool IsWholeFile => _isVerified && !_record.IsSmall && Number != 0 && IsComplete;

    /// <summary>
    /// Fills the destination in one read, across blocks. False: the content is not sealed, or no longer, and has to be read block by
    /// block; the destination holds anything then. Allocates nothing.
    /// </summary>
    public bool TryReadSealed(long offset, Span<byte> destination)
    {
        if (!_mayBeSealed || !IsWholeFile)
            return false;
        try
        {
            // Looked at afterwards: a write changes the time before it changes bytes.
            if (_file.TryRead(offset, destination) && ContentSeal.IsOn(_file.Handle!))
                return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Block by block it is told which.
        }

        _mayBeSealed = false;
        return false;
    }

    /// <summary>
    /// Holds all blocks against their checksums, syncs the file and seals it. Blocks that do not fit are dropped, and nothing is sealed
    /// then; nor when a block is written meanwhile, or the disk fails. Takes as long as reading everything: under no lock.
    /// </summary>
    /// <returns>False: it cannot be sealed where it lies, and to try again would be in vain.</returns>
    /// <exception cref="OperationCanceledException">Nothing is sealed.</exception>
    public bool Seal(CancellationToken cancellationToken)
    {
        try
        {
            if (!WantsSeal || _file.Handle is not { } file)
                return true;
            if (!ContentSeal.TryBegin(file))
                return false;
            if (!AllBlocksFit(cancellationToken))
                return true;
            RandomAccess.FlushToDisk(file);
            // Under the lock nobody drops or replaces blocks.
            lock (_lock)
                _mayBeSealed = IsWholeFile && ContentSeal.TryPut(file);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Log.NotSealed(_log, Key.Id, exception.Message);
            return false;
        }
    }

    private bool AllBlocksFit(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (var block = 0L; block < BlockCount; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Read(block, 0, buffer.AsSpan(0, BlockLength(block))) < 0)
                    return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
