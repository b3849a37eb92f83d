using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>The program's calls, one verb each as a kernel would make them of it.</summary>
public abstract partial class FileSystemSurface
{
    private static readonly Caller Somebody = new(1000, 1000, 1, FilePermissions.None);

    protected override async Task<string> OpenAsync(OpenStep what)
    {
        await CloseAsync(what.Slot);
        if (what.Creates)
        {
            var parent = await RequireParentAsync(what.Path);
            var made = await FileSystem.CreateFileAsync(
                Somebody, parent, FileName.Create(NameOf(what.Path)), FilePermissions.AllRead | FilePermissions.UserWrite, what.Mode,
                CancellationToken.None);
            _kernel.Count(made.Entry);
            _kernel.Open[what.Slot] = new OpenSlot(made.Open.Handle, made.Entry.Attributes.Inode, what.Mode);
            return $"created {made.Entry.Attributes.Length}";
        }

        var inode = await RequireAsync(what.Path);
        var mode = what.Mode & ~OpenMode.Exclusive;
        var opened = await FileSystem.OpenAsync(Somebody, inode, mode, CancellationToken.None);
        _kernel.Open[what.Slot] = new OpenSlot(opened.Handle, inode, mode);
        return "opened";
    }

    protected override async Task<string> CloseAsync(int slot)
    {
        if (!_kernel.Open.Remove(slot, out var open))
            return NotOpen;
        try
        {
            await FileSystem.FlushAsync(Somebody, open.Handle, CancellationToken.None);
        }
        finally
        {
            await FileSystem.ReleaseAsync(open.Handle);
        }

        return "closed";
    }

    protected override async Task<string> ReadAsync(ReadStep what)
    {
        if (!_kernel.Open.TryGetValue(what.Slot, out var open) || !open.Reads)
            return NotOpen;
        var buffer = new byte[what.Count];
        var count = await FileSystem.ReadAsync(Somebody, open.Handle, what.Offset, buffer, CancellationToken.None);
        return $"read {Describe(buffer.AsSpan(0, count))}";
    }

    protected override async Task<string> WriteAsync(WriteStep what)
    {
        if (!_kernel.Open.TryGetValue(what.Slot, out var open) || !open.Writes)
            return NotOpen;
        var bytes = Filled(what.Count, what.Fill);
        return $"wrote {await FileSystem.WriteAsync(Somebody, open.Handle, what.Offset, bytes, CancellationToken.None)}";
    }

    protected override async Task<string> TruncateAsync(TruncateStep what) =>
        await SetLengthAsync(await RequireAsync(what.Path), new AttributeChange { Length = what.Length });

    protected override async Task<string> TruncateAsync(TruncateOpenStep what) =>
        _kernel.Open.TryGetValue(what.Slot, out var open) && open.Writes
            ? await SetLengthAsync(open.Inode, new AttributeChange { Length = what.Length, Handle = open.Handle })
            : NotOpen;

    private async Task<string> SetLengthAsync(InodeNumber inode, AttributeChange change)
    {
        var entry = await FileSystem.SetAttributesAsync(Somebody, inode, change, CancellationToken.None);
        return $"length {entry.Attributes.Length}";
    }

    protected override async Task<string> AllocateAsync(AllocateStep what)
    {
        if (!_kernel.Open.TryGetValue(what.Slot, out var open) || !open.Writes)
            return NotOpen;
        await FileSystem.AllocateAsync(Somebody, open.Handle, what.Offset, what.Length, what.Mode, CancellationToken.None);
        return $"allocated, {await LengthAsync(open)}";
    }

    protected override async Task<string> CopyAsync(CopyStep what)
    {
        if (!_kernel.Open.TryGetValue(what.Source, out var source) || !source.Reads
            || !_kernel.Open.TryGetValue(what.Target, out var target) || !target.Writes || target.Mode.HasFlag(OpenMode.Append))
            return NotOpen;
        // As the kernel: within one file only where the ranges do not overlap.
        if (source.Inode == target.Inode && Math.Abs(what.SourceOffset - what.TargetOffset) < what.Length)
            return "overlaps";
        var copied = await CopyAsync(source, target, what);
        return $"copied {copied}, {await LengthAsync(target)}";
    }

    // A filesystem that cannot copy by itself is read from and written to, as the kernel does then.
    private async Task<long> CopyAsync(OpenSlot source, OpenSlot target, CopyStep step)
    {
        try
        {
            return await FileSystem.CopyRangeAsync(
                Somebody, source.Handle, step.SourceOffset, target.Handle, step.TargetOffset, step.Length, CancellationToken.None);
        }
        catch (FsException refusal) when (refusal.Error is FsError.NotSupported or FsError.CrossDevice)
        {
            var buffer = new byte[step.Length];
            var count = await FileSystem.ReadAsync(Somebody, source.Handle, step.SourceOffset, buffer, CancellationToken.None);
            return count == 0 ? 0 : await FileSystem.WriteAsync(
                Somebody, target.Handle, step.TargetOffset, buffer.AsMemory(0, count), CancellationToken.None);
        }
    }

    protected override async Task<string> SyncAsync(SyncStep what)
    {
        if (!_kernel.Open.TryGetValue(what.Slot, out var open))
            return NotOpen;
        await FileSystem.SyncAsync(Somebody, open.Handle, SyncMode.Everything, CancellationToken.None);
        return "synced";
    }

    protected override async Task<string> MakeDirectoryAsync(MakeDirectoryStep what)
    {
        var parent = await RequireParentAsync(what.Path);
        _kernel.Count(await FileSystem.CreateDirectoryAsync(
            Somebody, parent, FileName.Create(NameOf(what.Path)), FilePermissions.All, CancellationToken.None));
        return "made";
    }

    protected override async Task<string> RemoveDirectoryAsync(RemoveDirectoryStep what)
    {
        var parent = await RequireParentAsync(what.Path);
        await FileSystem.RemoveDirectoryAsync(Somebody, parent, FileName.Create(NameOf(what.Path)), CancellationToken.None);
        return "removed";
    }

    protected override async Task<string> UnlinkAsync(UnlinkStep what)
    {
        var parent = await RequireParentAsync(what.Path);
        await FileSystem.UnlinkAsync(Somebody, parent, FileName.Create(NameOf(what.Path)), CancellationToken.None);
        return "unlinked";
    }

    protected override async Task<string> RenameAsync(RenameStep what)
    {
        var parent = await RequireParentAsync(what.From);
        var newParent = await RequireParentAsync(what.To);
        await FileSystem.RenameAsync(
            Somebody, parent, FileName.Create(NameOf(what.From)), newParent, FileName.Create(NameOf(what.To)), what.Mode,
            CancellationToken.None);
        return "renamed";
    }

    private async Task<long> LengthAsync(OpenSlot open) =>
        (await FileSystem.GetAttributesAsync(Somebody, open.Inode, open.Handle, CancellationToken.None)).Attributes.Length;
}
