namespace SynapseFs.Fuse.Session;

/// <summary>Request buffers for the readers. Uninitialised, so that a page is only paid for once a request fills it.</summary>
internal sealed class BufferStack(int size)
{
    /// <summary>Kept for reuse; more only pile up while many writes wait.</summary>
    private const int Kept = 8;

    private readonly Lock _lock = new();
    private readonly Stack<byte[]> _free = new();

    public byte[] Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var buffer))
                return buffer;
        }

        return GC.AllocateUninitializedArray<byte>(size, pinned: true);
    }

    public void Return(byte[] buffer)
    {
        lock (_lock)
        {
            if (_free.Count < Kept)
                _free.Push(buffer);
        }
    }
}
