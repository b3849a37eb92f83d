using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>Carries steps out on a filesystem as its kernel and one program above it would.</summary>
public abstract partial class FileSystemSurface : TreeSurface
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly KernelTables _kernel = new();

    /// <summary>The one that is mounted now.</summary>
    protected abstract IFileSystem FileSystem { get; }

    public override async Task<string> RunAsync(TreeStep what)
    {
        try
        {
            return await CarryOutAsync(what).WaitAsync(Deadline);
        }
        catch (FsException failure)
        {
            return failure.Error.ToString();
        }
#pragma warning disable CA1031 // whatever else a filesystem throws is a finding, to be told with the step
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"threw {failure}";
        }
    }

    public override async Task<string> LookAsync()
    {
        var lines = new List<string>();
        await AddTreeAsync(InodeNumber.Root, string.Empty, lines);
        foreach (var (slot, open) in _kernel.Open.Where(open => open.Value.Reads))
            lines.Add($"open {slot} = {Describe(await ReadAllAsync(open.Handle))}");
        return string.Join('\n', lines);
    }

    /// <summary>Returns when the remote side has everything; answers what is wrong with what it has, or null.</summary>
    protected abstract Task<string?> SettleAsync();

    /// <summary>Mounts anew; nothing is open.</summary>
    protected abstract Task RemountAsync(bool emptyCache);

    /// <summary>Somebody else changes the remote side, in a way that was found possible.</summary>
    protected abstract Task ChangeRemotelyAsync(TreeStep change);

    private Task<string> CarryOutAsync(TreeStep step) => step switch
    {
        OpenStep open => OpenAsync(open),
        CloseStep close => CloseAsync(close.Slot),
        ReadStep read => ReadAsync(read),
        WriteStep write => WriteAsync(write),
        TruncateStep truncate => TruncateAsync(truncate),
        TruncateOpenStep truncate => TruncateAsync(truncate),
        AllocateStep allocate => AllocateAsync(allocate),
        CopyStep copy => CopyAsync(copy),
        SyncStep sync => SyncAsync(sync),
        MakeDirectoryStep make => MakeDirectoryAsync(make),
        RemoveDirectoryStep remove => RemoveDirectoryAsync(remove),
        UnlinkStep unlink => UnlinkAsync(unlink),
        RenameStep rename => RenameAsync(rename),
        SettleStep => SettledAsync(),
        ForgetStep => ForgetAsync(),
        RemountStep remount => RemountedAsync(remount),
        _ => RemotelyAsync(step),
    };

    // Whoever still writes keeps a file from being sent.
    private async Task<string> SettledAsync()
    {
        foreach (var (slot, _) in _kernel.Open.Where(open => open.Value.Writes).ToList())
            await CloseAsync(slot);
        return await SettleAsync() ?? "settled";
    }

    private Task<string> ForgetAsync()
    {
        _kernel.ForgetUnused(FileSystem);
        return Task.FromResult("forgotten");
    }

    private async Task<string> RemountedAsync(RemountStep step)
    {
        foreach (var slot in _kernel.Open.Keys.ToList())
            await CloseAsync(slot);
        _kernel.Clear();
        await RemountAsync(step.EmptyCache);
        return "mounted";
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
            ? there.Attributes is { Type: NodeType.File, Length: > 0 }
            : await HasParentAsync(write.Path),
        RemoteMakeDirectoryStep make => await FindAsync(make.Path) is null && await HasParentAsync(make.Path),
        RemoteRemoveStep remove => await FindAsync(remove.Path) is { } there && !await HoldsEmptyFilesAsync(there),
        RemoteMoveStep move => await FindAsync(move.From) is { } there && await FindAsync(move.To) is null
            && await HasParentAsync(move.To)
            && !await HoldsEmptyFilesAsync(there)
            && (there.Attributes.Type == NodeType.File || ParentOf(move.From) == ParentOf(move.To)),
        _ => throw new ArgumentException($"Nobody knows how to do {step}.", nameof(step)),
    };

    private async Task<bool> HasParentAsync(string path) => await FindAsync(ParentOf(path)) is { Attributes.Type: NodeType.Directory };

    private async Task<bool> HoldsEmptyFilesAsync(Entry entry)
    {
        if (entry.Attributes.Type == NodeType.File)
            return entry.Attributes.Length == 0;
        foreach (var name in await NamesAsync(entry.Attributes.Inode))
        {
            if (await LookupAsync(entry.Attributes.Inode, name) is { } child && await HoldsEmptyFilesAsync(child))
                return true;
        }

        return false;
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
