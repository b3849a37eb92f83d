using System.Runtime.InteropServices;
using SynapseFs.Fuse.Native;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// Large buffers for requests and replies, each at the start of a huge page where the machine has one to give: the kernel takes hold of a
/// buffer page by page to fill or empty it, and of 256 small pages that costs several times what copying a WRITE into them does.
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
    private int _lent;

    public Memory<byte> Rent()
    {
        lock (_lock)
        {
            _lent++;
            if (_free.TryPop(out var buffer))
                return buffer;
        }

        return Allocate();
    }

    /// <summary>A buffer if there is one within the number that is kept; give it back with <see cref="Return"/>.</summary>
    public bool TryRent(out Memory<byte> buffer)
    {
        lock (_lock)
        {
            buffer = default;
            if (_lent >= Kept)
                return false;
            _lent++;
            if (_free.TryPop(out buffer))
                return true;
        }

        buffer = Allocate();
        return true;
    }

    public void Return(Memory<byte> buffer)
    {
        lock (_lock)
        {
            _lent--;
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
