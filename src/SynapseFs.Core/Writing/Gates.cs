using SynapseFs.Core.Tree;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>The gates of some directories, taken in the order of their inodes. Only under the lock of names.</summary>
internal readonly struct Gates : IDisposable
{
    private readonly Lock[] _gates;

    public Gates(TreeChanges changes, params IEnumerable<InodeNumber> directories)
    {
        _gates = [.. directories.Distinct().OrderBy(directory => directory.Value).Select(directory => changes.StateOf(directory).Gate)];
        foreach (var gate in _gates)
            gate.Enter();
    }

    public void Dispose()
    {
        for (var at = _gates.Length - 1; at >= 0; at--)
            _gates[at].Exit();
    }
}
