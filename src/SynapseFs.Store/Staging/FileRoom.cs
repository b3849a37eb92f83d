using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Store.Native;

namespace SynapseFs.Store.Staging;

/// <summary>The room that a file takes on the disk, apart from its length.</summary>
internal static class FileRoom
{
    private const int BlockUnit = 512;
    private const int ZerosAtOnce = 128 << 10;

    /// <summary>
    /// Takes the room for a range, extending the file to its end. The caller lets nobody write meanwhile: where the filesystem knows no
    /// such call, what is there is read and written again.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static void Reserve(SafeFileHandle file, long offset, long length)
    {
        if (TryAllocate(file, 0, offset, length))
            return;
        var end = RandomAccess.GetLength(file);
        var bytes = new byte[ZerosAtOnce];
        for (var at = offset; at < offset + length; at += bytes.Length)
        {
            var part = bytes.AsSpan(0, (int)Math.Min(bytes.Length, offset + length - at));
            part.Clear();
            for (var read = 0; at + read < end && read < part.Length;)
            {
                var count = RandomAccess.Read(file, part[read..], at + read);
                if (count == 0)
                    break;
                read += count;
            }
            RandomAccess.Write(file, part, at);
        }
    }

    /// <summary>Takes room from the file's start on without changing its length, where there is any and the filesystem can.</summary>
    public static void Hold(SafeFileHandle file, long length)
    {
        try
        {
            TryAllocate(file, Libc.FALLOC_FL_KEEP_SIZE, 0, length);
        }
        catch (IOException)
        {
            // A full disk, mostly: then it is full when the room is needed, or is not by then.
        }
    }

    /// <summary>Makes a range read as zeros and gives its room back where the filesystem can. The length stays.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void Punch(SafeFileHandle file, long offset, long length)
    {
        length = Math.Min(length, RandomAccess.GetLength(file) - offset);
        if (length <= 0 || TryAllocate(file, Libc.FALLOC_FL_PUNCH_HOLE | Libc.FALLOC_FL_KEEP_SIZE, offset, length))
            return;
        var zeros = new byte[ZerosAtOnce];
        for (var at = offset; at < offset + length; at += zeros.Length)
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, offset + length - at)), at);
    }

    /// <summary>Bytes of the disk that the file takes, without its holes; its length where nobody can tell. 0 when it is gone.</summary>
    public static long Used(string path)
    {
        if (OperatingSystem.IsLinux())
            return Libc.statx(Libc.AT_FDCWD, path, 0, Libc.STATX_BLOCKS, out var status) == 0 ? (long)status.Blocks * BlockUnit : 0;
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private static bool TryAllocate(SafeFileHandle file, int mode, long offset, long length)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        while (Libc.fallocate(file, mode, offset, length) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.EINTR:
                    continue;
                case Libc.EOPNOTSUPP or Libc.ENOSYS:
                    return false;
                default:
                    throw NativeErrors.Last();
            }
        }
        return true;
    }
}
