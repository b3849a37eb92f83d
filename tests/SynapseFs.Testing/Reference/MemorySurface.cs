using SynapseFs.Testing.Memory;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>The filesystem in memory: what it does is right by definition.</summary>
/// <param name="disguise">What the steps see of it, for tests of the comparison itself; null: the thing itself.</param>
public sealed class MemorySurface(Func<IFileSystem, IFileSystem>? disguise = null) : FileSystemSurface
{
    private readonly MemoryFileSystem _memory = new(new MemoryFileSystemOptions(), TimeProvider.System);
    private IFileSystem? _seen;

    protected override IFileSystem FileSystem => _seen ??= disguise?.Invoke(_memory) ?? _memory;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<string?> SettleAsync() => Task.FromResult<string?>(null);

    protected override async Task ChangeRemotelyAsync(TreeStep change)
    {
        switch (change)
        {
            case RemoteWriteStep write:
                // Other bytes are another inode, so that whoever has the file open reads on what it opened.
                if (await FindAsync(write.Path) is not null)
                    _memory.Remove(write.Path);
                _memory.SetContent(write.Path, Filled(write.Count, write.Fill));
                break;
            case RemoteMakeDirectoryStep make:
                _memory.AddDirectory(make.Path);
                break;
            case RemoteRemoveStep remove:
                await RemoveAsync(remove.Path);
                break;
            case RemoteMoveStep move:
                await MoveAsync(move);
                break;
        }
    }

    private async Task RemoveAsync(string path)
    {
        if (await FindAsync(path) is { Type: NodeType.Directory })
        {
            foreach (var name in await NamesAsync(path))
                await RemoveAsync(Below(path, name));
        }

        _memory.Remove(path);
    }

    private async Task MoveAsync(RemoteMoveStep move)
    {
        var from = _memory.Locate(move.From);
        var parent = await FindAsync(ParentOf(move.To));
        await _memory.RenameAsync(
            Caller.Internal, from.Parent, from.Name, parent!.Inode, FileName.Create(NameOf(move.To)), RenameMode.NoReplace,
            CancellationToken.None);
    }
}
