using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>What somebody else does, and whether the remote side has what is to be seen.</summary>
public abstract partial class TreeSurface
{
    private const string ADirectory = "directory";
    private static readonly LocalNames LocalNames = new(LocalNames.Defaults);

    /// <summary>Somebody else changes the remote side, in a way that was found possible.</summary>
    protected abstract Task ChangeRemotelyAsync(TreeStep change);

    /// <summary>What is wrong with what the remote side has, or null.</summary>
    /// <remarks>
    /// It holds no empty files (of a file that was emptied it keeps what it had) and nothing of a name that stays on this machine;
    /// everything else that is to be seen is there, whole, once, and nothing besides.
    /// </remarks>
    /// <param name="remote">Files by path with their bytes in words, directories with null.</param>
    protected async Task<string?> JudgeRemoteAsync(IEnumerable<KeyValuePair<string, string?>> remote)
    {
        var shown = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await AddShownAsync(string.Empty, shown);
        var there = new SortedDictionary<string, string>(
            remote.ToDictionary(thing => thing.Key, thing => thing.Value ?? ADirectory), StringComparer.Ordinal);
        foreach (var path in shown.Keys.Where(IsLocalPlace).ToList())
            shown.Remove(path);
        foreach (var path in shown.Where(file => file.Value == Describe([])).Select(file => file.Key).ToList())
        {
            shown.Remove(path);
            there.Remove(path);
        }

        return shown.SequenceEqual(there) ? null : $"the remote side should have\n{Lines(shown)}\nand has\n{Lines(there)}";
    }

    private static string Lines(SortedDictionary<string, string> tree) =>
        string.Join('\n', tree.Select(node => $"{node.Key} = {node.Value}"));

    private async Task AddShownAsync(string directory, SortedDictionary<string, string> tree)
    {
        foreach (var name in await NamesAsync(directory))
        {
            var path = Below(directory, name);
            if (await FindAsync(path) is not { } found)
                continue;
            var isDirectory = found.Type == NodeType.Directory;
            tree[path] = isDirectory ? ADirectory : await TextAsync(path, found);
            if (isDirectory)
                await AddShownAsync(path, tree);
        }
    }

    // Who writes at the same time makes a conflict, and a reference without two sides knows no answer to it.
    private async Task<string> RemotelyAsync(TreeStep step)
    {
        if (await SettledAsync() is var settled and not "settled")
            return settled;
        if (!await IsPossibleAsync(step))
            return "not possible";
        await ChangeRemotelyAsync(step);
        return "changed";
    }

    private async Task<bool> IsPossibleAsync(TreeStep step) => step switch
    {
        RemoteWriteStep { Count: 0 } => false,
        RemoteWriteStep write => !IsLocalPlace(write.Path) && (await FindAsync(write.Path) is { } there
            ? there is { Type: NodeType.File, Length: > 0 }
            : await HasParentAsync(write.Path)),
        RemoteMakeDirectoryStep make =>
            !IsLocalPlace(make.Path) && await FindAsync(make.Path) is null && await HasParentAsync(make.Path),
        RemoteRemoveStep remove => await FindAsync(remove.Path) is { } there && !await HoldsLocalAsync(remove.Path, there),
        RemoteMoveStep move => await FindAsync(move.From) is { } there && await FindAsync(move.To) is null
            && !IsLocalPlace(move.To) && await HasParentAsync(move.To)
            && !await HoldsLocalAsync(move.From, there)
            && (there.Type == NodeType.File || ParentOf(move.From) == ParentOf(move.To)),
        _ => throw new ArgumentException($"Nobody knows how to do {step}.", nameof(step)),
    };

    private async Task<bool> HasParentAsync(string path) => await FindAsync(ParentOf(path)) is { Type: NodeType.Directory };

    private static bool IsLocalPlace(string path) => path.Split('/').Any(LocalNames.Contains);

    // What was sent cannot be moved into a directory that stays here, and no such directory to a name that stays here: as what has not
    // been sent yet can, nobody tries. mv copies then.
    private async Task<bool> IsByHandAsync(string from, string to) =>
        IsLocalPlace(to) && !IsLocalPlace(from)
        && (IsLocalPlace(ParentOf(to)) || await FindAsync(from) is { Type: NodeType.Directory });

    // What is empty, or has such a name, is on this machine only, so nobody else can do anything to it or to what it is in.
    private async Task<bool> HoldsLocalAsync(string path, Attributes attributes)
    {
        if (IsLocalPlace(path))
            return true;
        if (attributes.Type == NodeType.File)
            return attributes.Length == 0;
        foreach (var name in await NamesAsync(path))
        {
            if (await FindAsync(Below(path, name)) is { } child && await HoldsLocalAsync(Below(path, name), child))
                return true;
        }

        return false;
    }
}
