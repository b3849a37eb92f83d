using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>What somebody else does, and whether the remote side has what is to be seen.</summary>
public abstract partial class TreeSurface
{
    private const string ADirectory = "directory";

    /// <summary>Somebody else changes the remote side, in a way that was found possible.</summary>
    protected abstract Task ChangeRemotelyAsync(TreeStep change);

    /// <summary>What is wrong with what the remote side has, or null.</summary>
    /// <remarks>
    /// It holds no empty files, and of a file that was emptied it keeps what it had; everything else that is to be seen is there, whole,
    /// once, and nothing besides.
    /// </remarks>
    /// <param name="remote">Files by path with their bytes in words, directories with null.</param>
    protected async Task<string?> JudgeRemoteAsync(IEnumerable<KeyValuePair<string, string?>> remote)
    {
        var shown = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await AddShownAsync(string.Empty, shown);
        var there = new SortedDictionary<string, string>(
            remote.ToDictionary(thing => thing.Key, thing => thing.Value ?? ADirectory), StringComparer.Ordinal);
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

    // Empty files are on this machine only, so nobody else can do anything to them or to what they are in.
    private async Task<bool> IsPossibleAsync(TreeStep step) => step switch
    {
        RemoteWriteStep { Count: 0 } => false,
        RemoteWriteStep write => await FindAsync(write.Path) is { } there
            ? there is { Type: NodeType.File, Length: > 0 }
            : await HasParentAsync(write.Path),
        RemoteMakeDirectoryStep make => await FindAsync(make.Path) is null && await HasParentAsync(make.Path),
        RemoteRemoveStep remove => await FindAsync(remove.Path) is { } there && !await HoldsEmptyFilesAsync(remove.Path, there),
        RemoteMoveStep move => await FindAsync(move.From) is { } there && await FindAsync(move.To) is null
            && await HasParentAsync(move.To)
            && !await HoldsEmptyFilesAsync(move.From, there)
            && (there.Type == NodeType.File || ParentOf(move.From) == ParentOf(move.To)),
        _ => throw new ArgumentException($"Nobody knows how to do {step}.", nameof(step)),
    };

    private async Task<bool> HasParentAsync(string path) => await FindAsync(ParentOf(path)) is { Type: NodeType.Directory };

    private async Task<bool> HoldsEmptyFilesAsync(string path, Attributes attributes)
    {
        if (attributes.Type == NodeType.File)
            return attributes.Length == 0;
        foreach (var name in await NamesAsync(path))
        {
            if (await FindAsync(Below(path, name)) is { } child && await HoldsEmptyFilesAsync(Below(path, name), child))
                return true;
        }

        return false;
    }
}
