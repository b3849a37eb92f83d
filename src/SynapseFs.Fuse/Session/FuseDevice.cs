using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// One descriptor of /dev/fuse: one read is one request, one writev is one reply. A request that was read here must be answered
/// here, because the kernel keeps the unanswered ones by descriptor.
/// </summary>
internal sealed class FuseDevice(SafeFileHandle descriptor, ILogger logger) : IDisposable
{
    /// <summary>The path that a descriptor is opened by, also for clones.</summary>
    public const string Path = "/dev/fuse";

    /// <summary>FUSE_DEV_IOC_CLONE, _IOR(229, 0, uint32_t).</summary>
    private const nuint CloneRequest = 0x8004E500;

    /// <summary>FUSE_DEV_IOC_BACKING_OPEN, _IOW(229, 1, struct fuse_backing_map).</summary>
    private const nuint BackingOpenRequest = 0x4010E501;

    /// <summary>FUSE_DEV_IOC_BACKING_CLOSE, _IOW(229, 2, uint32_t).</summary>
    private const nuint BackingCloseRequest = 0x4004E502;

    /// <summary>Waits for a request; 0 when the filesystem is unmounted and no more will come.</summary>
    public int Receive(Span<byte> buffer)
    {
        while (true)
        {
            var length = Libc.read(descriptor, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (length >= 0)
                return (int)length;
            switch (Marshal.GetLastPInvokeError())
            {
                // ENOENT: the request was interrupted before we could read it. The others are what any read may answer.
                case Errno.ENOENT or Errno.EINTR or Errno.EAGAIN:
                    continue;
                case Errno.ENODEV:
                    return 0;
                case var errno:
                    throw new IOException($"Reading {Path} failed: {Marshal.GetPInvokeErrorMessage(errno)}.");
            }
        }
    }

    public void Reply<T>(ulong unique, in T body)
        where T : unmanaged => Send(0, unique, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in body)), default);

    public void Reply(ulong unique, ReadOnlySpan<byte> body) => Send(0, unique, body, default);

    public void ReplyError(ulong unique, int errno) => Send(-errno, unique, default, default);

    /// <summary>Tells the kernel something that it did not ask for. Blocks while the kernel holds a lock on the thing told about.</summary>
    public void Notify<T>(NotifyCode code, in T body, ReadOnlySpan<byte> name)
        where T : unmanaged => Send((int)code, 0, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in body)), name);

    /// <summary>A second descriptor for the same mount with a queue of its own, or null where that is refused.</summary>
    public FuseDevice? TryClone()
    {
        var clone = Libc.open(Path, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (!clone.IsInvalid)
        {
            var original = (uint)descriptor.DangerousGetHandle();
            if (Libc.ioctl(clone, CloneRequest, ref original) == 0)
                return new FuseDevice(clone, logger);
        }

        Log.CloneRefused(logger, Marshal.GetLastPInvokeErrorMessage());
        clone.Dispose();
        return null;
    }

    /// <summary>Whether this process may hand files to the kernel: with no file at all it is asked for its rights first.</summary>
    public bool MayOpenBacking()
    {
        var nothing = new BackingMap(-1, 0, 0);
        return Libc.ioctl(descriptor, BackingOpenRequest, ref nothing) >= 0 || Marshal.GetLastPInvokeError() == Errno.EBADF;
    }

    /// <summary>Hands the kernel a file to read by itself: its number there, or 0 where the kernel does not take this one.</summary>
    public int OpenBacking(SafeFileHandle file)
    {
        var isCounted = false;
        try
        {
            file.DangerousAddRef(ref isCounted);
            var map = new BackingMap((int)file.DangerousGetHandle(), 0, 0);
            if (Libc.ioctl(descriptor, BackingOpenRequest, ref map) is var number and > 0)
                return number;
            Log.BackingRefused(logger, Marshal.GetLastPInvokeErrorMessage());
            return 0;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
        finally
        {
            if (isCounted)
                file.DangerousRelease();
        }
    }

    public void CloseBacking(int number)
    {
        var argument = (uint)number;
        if (Libc.ioctl(descriptor, BackingCloseRequest, ref argument) != 0)
            Log.BackingRefused(logger, Marshal.GetLastPInvokeErrorMessage());
    }

    public void Dispose() => descriptor.Dispose();

    private unsafe void Send(int error, ulong unique, ReadOnlySpan<byte> body, ReadOnlySpan<byte> tail)
    {
        var header = new OutHeader((uint)(OutHeader.Size + body.Length + tail.Length), error, unique);

        // Sound: header lives on this stack, both spans are pinned for the call, and the kernel copies before it returns.
        fixed (byte* bodyStart = body)
        fixed (byte* tailStart = tail)
        {
            var vectors = new ReplyVectors(
                new IoVector((nint)(&header), OutHeader.Size),
                new IoVector((nint)bodyStart, (nuint)body.Length),
                new IoVector((nint)tailStart, (nuint)tail.Length));
            nint written;
            do
            {
                written = Libc.writev(descriptor, in Unsafe.As<ReplyVectors, IoVector>(ref vectors), 3);
            }
            while (written < 0 && Marshal.GetLastPInvokeError() is Errno.EINTR or Errno.EAGAIN);
            if (written < 0)
                Explain(unique, Marshal.GetLastPInvokeError());
        }
    }

    private void Explain(ulong unique, int errno)
    {
        // ENOENT: a reply to a request that was aborted, or a notification about what the kernel does not know. ENODEV, ENOTCONN:
        // unmounted meanwhile. ENOTDIR, ENOTEMPTY, EBUSY come from notifications that the kernel had no use for.
        var expected = errno is Errno.ENOENT or Errno.ENODEV or Errno.ENOTCONN
            || (unique == 0 && errno is Errno.ENOTDIR or Errno.ENOTEMPTY or Errno.EBUSY);
        if (!expected)
            Log.ReplyRefused(logger, unique, Marshal.GetPInvokeErrorMessage(errno));
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ReplyVectors(IoVector Header, IoVector Body, IoVector Tail);
}
