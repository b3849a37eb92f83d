using SynapseFs.Core.Tree;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>The gates of one or two directories, taken in the order of their inodes. Only under the lock of names.</summary>
internal readonly struct Gates : IDisposable
{
    private readonly Lock _first;
    private readonly Lock? _second;

    public Gates(TreeChanges changes, InodeNumber one, InodeNumber other)
    {
        var (low, high) = one.Value <= other.Value ? (one, other) : (other, one);
        _first = changes.StateOf(low).Gate;
        _second = low == high ? null : changes.StateOf(high).Gate;
        _first.Enter();
        _second?.Enter();
    }

    public void Dispose()
    {
        _second?.Exit();
        _first.Exit();
    }
}
