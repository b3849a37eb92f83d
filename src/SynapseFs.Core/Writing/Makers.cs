using System.Collections.Concurrent;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>Which process made what, for as long as the kernel knows the node: whoever copies a tree comes back to what it made. Thread-safe.</summary>
internal sealed class Makers
{
    private readonly ConcurrentDictionary<InodeNumber, int> _processes = new();

    public void Made(InodeNumber inode, Caller caller)
    {
        if (caller.ProcessId is { } process)
            _processes[inode] = process;
    }

    public bool IsMaker(InodeNumber inode, Caller caller) =>
        caller.ProcessId is { } process && _processes.TryGetValue(inode, out var maker) && maker == process;

    public void Forget(InodeNumber inode) => _processes.TryRemove(inode, out _);
}
