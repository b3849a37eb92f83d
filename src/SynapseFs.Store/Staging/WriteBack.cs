using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Native;

namespace SynapseFs.Store.Staging;

/// <summary>
/// Sends what is written to a file on its way to the disk every 16 MiB, so that the sync at the end finds little left to do and
/// memory is not filled with what waits for it. Beside the writer: preparing the pages takes the processor a while.
/// </summary>
internal sealed class WriteBack
{
    private const long Step = 16L << 20;

    private readonly Lock _lock = new();
    private long _written;
    private long _from = long.MaxValue;
    private long _to;
    private bool _isRunning;
    private IOException? _failure;

    /// <summary>After a write.</summary>
    /// <exception cref="IOException">What was written before cannot be brought to the disk.</exception>
    public void Wrote(SafeFileHandle file, long offset, long length)
    {
        lock (_lock)
        {
            if (_failure is not null)
                throw _failure;
            _written += length;
            _from = Math.Min(_from, offset);
            _to = Math.Max(_to, offset + length);
            // One at a time: while the disk is behind, the next step grows. Elsewhere than on Linux the sync has more to do.
            if (_written < Step || _isRunning || !OperatingSystem.IsLinux())
                return;
            _isRunning = true;
            ThreadPool.UnsafeQueueUserWorkItem(static step => step.Owner.Run(step), new Piece(this, file, _from, _to - _from), preferLocal: false);
            (_written, _from, _to) = (0, long.MaxValue, 0);
        }
    }

    private void Run(Piece piece)
    {
        IOException? failure = null;
        try
        {
            // It waits for nothing but a place in the disk's queue.
            if (Libc.sync_file_range(piece.File, piece.From, piece.Length, Libc.SYNC_FILE_RANGE_WRITE) < 0
                && Marshal.GetLastPInvokeError() is Libc.EIO or Libc.ENOSPC or Libc.EDQUOT)
            {
                failure = NativeErrors.Last();
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: who wanted it safe has synced it before.
        }

        lock (_lock)
            (_isRunning, _failure) = (false, failure);
    }

    private sealed record Piece(WriteBack Owner, SafeFileHandle File, long From, long Length);
}
