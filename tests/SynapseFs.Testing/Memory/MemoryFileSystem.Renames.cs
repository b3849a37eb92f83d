using SynapseFs.Vfs;

namespace SynapseFs.Testing.Memory;

/// <summary>Renames, with the rules of rename(2).</summary>
public sealed partial class MemoryFileSystem
{
    public ValueTask RenameAsync(
        Caller caller, InodeNumber parent, FileName name, InodeNumber newParent, FileName newName, RenameMode mode,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var (from, to) = (DirectoryLocked(parent), DirectoryLocked(newParent));
            var moved = ChildLocked(from, name);
            to.Children.TryGetValue(newName.Value, out var present);
            RequireNotInside(moved, to);
            if (mode == RenameMode.Exchange)
                ExchangeLocked(from, name, to, newName, present);
            else
                ReplaceLocked(from, name, to, newName, present, mode);
            return ValueTask.CompletedTask;
        }
    }

    private void ReplaceLocked(MemoryNode from, FileName name, MemoryNode to, FileName newName, MemoryNode? present, RenameMode mode)
    {
        var moved = ChildLocked(from, name);
        if (present is not null)
        {
            if (mode == RenameMode.NoReplace)
                throw new FsException(FsError.AlreadyExists, $"'{newName}' is there.");
            if (present == moved)
                return;
            RequireReplaceable(moved, present, newName);
            RemoveLocked(to, newName);
        }

        from.Children.Remove(name.Value);
        moved.Names--;
        TouchLocked(from);
        AddLocked(to, newName, moved);
        moved.Changed = _time.GetUtcNow();
    }

    private void ExchangeLocked(MemoryNode from, FileName name, MemoryNode to, FileName newName, MemoryNode? present)
    {
        if (present is null)
            throw new FsException(FsError.NotFound, $"There is no '{newName}' to exchange with.");
        RequireNotInside(present, from);
        var moved = ChildLocked(from, name);
        from.Children[name.Value] = present;
        to.Children[newName.Value] = moved;
        moved.Parent = moved.IsDirectory ? to : null;
        present.Parent = present.IsDirectory ? from : null;
        TouchLocked(from);
        TouchLocked(to);
        moved.Changed = present.Changed = _time.GetUtcNow();
    }

    private static void RequireReplaceable(MemoryNode moved, MemoryNode present, FileName newName)
    {
        if (present.IsDirectory && !moved.IsDirectory)
            throw new FsException(FsError.IsADirectory, $"'{newName}' is a directory.");
        if (!present.IsDirectory && moved.IsDirectory)
            throw new FsException(FsError.NotADirectory, $"'{newName}' is no directory.");
        if (present.Children.Count > 0)
            throw new FsException(FsError.NotEmpty, $"'{newName}' is not empty.");
    }

    private static void RequireNotInside(MemoryNode moved, MemoryNode target)
    {
        for (var at = target; moved.IsDirectory; at = at.Parent!)
        {
            if (at == moved)
                throw new FsException(FsError.InvalidArgument, "A directory cannot move into itself.");
            if (at.Parent == at || at.Parent is null)
                return;
        }
    }
}
