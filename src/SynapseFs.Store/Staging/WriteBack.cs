using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Native;

namespace SynapseFs.Store.Staging;

/// <summary>
/// Sends what is written to a file on its way to the disk every 16 MiB, so that the sync at the end finds little left to do and
/// memory is not filled with what waits for it.
/// </summary>
internal sealed class WriteBack
{
    private const long Step = 16L << 20;

    private readonly Lock _lock = new();
    private long _written;
    private long _from = long.MaxValue;
    private long _to;

    /// <summary>After a write.</summary>
    /// <exception cref="IOException">What was written cannot be brought to the disk.</exception>
    public void Wrote(SafeFileHandle file, long offset, long length)
    {
        long from;
        long to;
        lock (_lock)
        {
            _written += length;
            _from = Math.Min(_from, offset);
            _to = Math.Max(_to, offset + length);
            if (_written < Step)
                return;
            (from, to) = (_from, _to);
            (_written, _from, _to) = (0, long.MaxValue, 0);
        }
        // It waits for nothing but a place in the disk's queue. Elsewhere than on Linux the sync has more to do.
        if (OperatingSystem.IsLinux()
            && Libc.sync_file_range(file, from, to - from, Libc.SYNC_FILE_RANGE_WRITE) < 0
            && Marshal.GetLastPInvokeError() is Libc.EIO or Libc.ENOSPC or Libc.EDQUOT)
        {
            throw NativeErrors.Last();
        }
    }
}
