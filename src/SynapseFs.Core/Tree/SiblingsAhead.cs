using System.Threading.Channels;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>Describes the next siblings of what a program has just asked for, a few at a time, until it stops asking.</summary>
internal sealed class SiblingsAhead
{
    // As many as the account may have calls in flight, less the one that belongs to the program itself.
    private const int AtOnce = 2;

    private readonly Channel<Func<Task>> _waiting = Channel.CreateUnbounded<Func<Task>>();
    private readonly MountParts _parts;
    private readonly TreeChanges _changes;
    private readonly CancellationToken _ended;
    private readonly Task _workers;

    public SiblingsAhead(MountParts parts, TreeChanges changes, CancellationToken ended)
    {
        _parts = parts;
        _changes = changes;
        _ended = ended;
        _workers = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync()));
    }

    /// <summary>A program wants this row's details; <paramref name="wasMissing"/> when they had to be asked for.</summary>
    public void Asked(NodeRow row, bool wasMissing, Describer describer)
    {
        if (_parts.Options.SiblingsAhead == 0 || _parts.Options.Offline || row.IsDetached || row.Inode == InodeNumber.Root)
            return;
        if (_changes.ProviderOf(row).Type == NodeType.Directory)
            return;
        var state = _changes.StateOf(row.Parent);
        lock (state.Gate)
        {
            if (wasMissing)
                state.Misses++;
            // One file looked at is no pattern, two are.
            if (state.Misses < 2 || (state.Siblings is null && !TryOpenWindowLocked(row, state)))
                return;
            foreach (var inode in state.Siblings!.Next(row.Inode))
                _waiting.Writer.TryWrite(() => DescribeAsync(inode, describer));
        }
    }

    public Task WhenIdleAsync() => _workers;

    private bool TryOpenWindowLocked(NodeRow row, DirectoryState state)
    {
        if (_parts.Cache.Nodes.Get(row.Parent) is not { ListedOn: not null } directory)
            return false;
        var files = _changes.ListedChildren(directory).Where(child => _changes.ProviderOf(child).Type == NodeType.File);
        state.Siblings = new SiblingWindow([.. files.Select(child => child.Inode)], _parts.Options.SiblingsAhead);
        return true;
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var describe in _waiting.Reader.ReadAllAsync(_ended))
                await describe();
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The mount ends.
        }
    }

    private async Task DescribeAsync(InodeNumber inode, Describer describer)
    {
        try
        {
            if (_parts.Cache.Nodes.Get(inode) is { } row && !describer.IsDescribed(row))
                await describer.AskAsync(inode, Urgency.Ahead, _ended);
        }
        catch (Exception failure) when (failure is FsException or StoreException)
        {
            // Whoever asks for it himself hears of it.
            Log.AheadFailed(_parts.Log, failure.Message);
        }
        catch (OperationCanceledException) when (!_ended.IsCancellationRequested)
        {
            // The shared call was given up.
        }
    }
}
