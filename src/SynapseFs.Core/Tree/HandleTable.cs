using System.Collections.Concurrent;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>Open files and directories by handle. Numbers are never used twice in one mount.</summary>
internal sealed class HandleTable
{
    private readonly ConcurrentDictionary<ulong, object> _open = new();
    private ulong _last;

    public HandleNumber Add(object open)
    {
        var handle = new HandleNumber(Interlocked.Increment(ref _last));
        _open[handle.Value] = open;
        return handle;
    }

    /// <exception cref="FsException">BadHandle.</exception>
    public TOpen Get<TOpen>(HandleNumber handle)
        where TOpen : class =>
        _open.TryGetValue(handle.Value, out var open) && open is TOpen found
            ? found
            : throw new FsException(FsError.BadHandle, $"Handle {handle.Value} is not open.");

    /// <summary>Takes the handle out, or answers null when it is not open.</summary>
    public TOpen? Remove<TOpen>(HandleNumber handle)
        where TOpen : class =>
        _open.TryGetValue(handle.Value, out var open) && open is TOpen && _open.TryRemove(handle.Value, out _) ? (TOpen)open : null;

    public IReadOnlyList<TOpen> All<TOpen>()
        where TOpen : class => [.. _open.Values.OfType<TOpen>()];
}
