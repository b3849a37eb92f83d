using System.Runtime.InteropServices;
using SynapseFs.Fuse.Native;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// Request buffers for the readers, each at the start of a huge page where the machine has one to give: the kernel takes hold of a
/// buffer page by page to fill it, and of 256 small pages that costs several times what copying a WRITE into them does.
/// Uninitialised, so that memory is only paid for once a request fills it.
/// </summary>
internal sealed class BufferStack(int size)
{
    /// <summary>Kept for reuse; more only pile up while many writes wait.</summary>
    private const int Kept = 8;

    /// <summary>Of x86-64, and of others with pages of 4 KiB; elsewhere it is only an alignment.</summary>
    private const int HugePage = 2 << 20;

    private readonly Lock _lock = new();
    private readonly Stack<Memory<byte>> _free = new();

    public Memory<byte> Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var buffer))
                return buffer;
        }

        return Allocate();
    }

    public void Return(Memory<byte> buffer)
    {
        lock (_lock)
        {
            if (_free.Count < Kept)
                _free.Push(buffer);
        }
    }

    private Memory<byte> Allocate()
    {
        // Twice the page: wherever the array lies, one whole huge page is in it.
        var room = GC.AllocateUninitializedArray<byte>(2 * HugePage, pinned: true);
        var start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) & (HugePage - 1));

        // Only advice: whatever comes of it, the memory is good.
        _ = Libc.madvise(ref room[start], HugePage, Libc.MADV_HUGEPAGE);
        return room.AsMemory(start, size);
    }
}
