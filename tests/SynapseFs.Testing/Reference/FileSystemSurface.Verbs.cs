using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>The program's calls, one verb each as a kernel would make them of it.</summary>
public abstract partial class FileSystemSurface
{
    private const string NotOpen = "not open";
    private static readonly Caller Somebody = new(1000, 1000, 1, FilePermissions.None);

    private async Task<string> OpenAsync(OpenStep step)
    {
        await CloseAsync(step.Slot);
        if (step.Creates)
        {
            var parent = await RequireParentAsync(step.Path);
            var made = await FileSystem.CreateFileAsync(
                Somebody, parent, FileName.Create(NameOf(step.Path)), FilePermissions.AllRead | FilePermissions.UserWrite, step.Mode,
                CancellationToken.None);
            _kernel.Count(made.Entry);
            _kernel.Open[step.Slot] = new OpenSlot(made.Open.Handle, made.Entry.Attributes.Inode, step.Mode);
            return $"created {made.Entry.Attributes.Length}";
        }

        var inode = await RequireAsync(step.Path);
        var mode = step.Mode & ~OpenMode.Exclusive;
        var opened = await FileSystem.OpenAsync(Somebody, inode, mode, CancellationToken.None);
        _kernel.Open[step.Slot] = new OpenSlot(opened.Handle, inode, mode);
        return "opened";
    }

    private async Task<string> CloseAsync(int slot)
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

    private async Task<string> ReadAsync(ReadStep step)
    {
        if (!_kernel.Open.TryGetValue(step.Slot, out var open) || !open.Reads)
            return NotOpen;
        var buffer = new byte[step.Count];
        var count = await FileSystem.ReadAsync(Somebody, open.Handle, step.Offset, buffer, CancellationToken.None);
        return $"read {Describe(buffer.AsSpan(0, count))}";
    }

    private async Task<string> WriteAsync(WriteStep step)
    {
        if (!_kernel.Open.TryGetValue(step.Slot, out var open) || !open.Writes)
            return NotOpen;
        var bytes = new byte[step.Count];
        bytes.AsSpan().Fill((byte)step.Fill);
        return $"wrote {await FileSystem.WriteAsync(Somebody, open.Handle, step.Offset, bytes, CancellationToken.None)}";
    }

    private async Task<string> TruncateAsync(TruncateStep step) =>
        await SetLengthAsync(await RequireAsync(step.Path), new AttributeChange { Length = step.Length });

    private async Task<string> TruncateAsync(TruncateOpenStep step) =>
        _kernel.Open.TryGetValue(step.Slot, out var open) && open.Writes
            ? await SetLengthAsync(open.Inode, new AttributeChange { Length = step.Length, Handle = open.Handle })
            : NotOpen;

    private async Task<string> SetLengthAsync(InodeNumber inode, AttributeChange change)
    {
        var entry = await FileSystem.SetAttributesAsync(Somebody, inode, change, CancellationToken.None);
        return $"length {entry.Attributes.Length}";
    }

    private async Task<string> AllocateAsync(AllocateStep step)
    {
        if (!_kernel.Open.TryGetValue(step.Slot, out var open) || !open.Writes)
            return NotOpen;
        await FileSystem.AllocateAsync(Somebody, open.Handle, step.Offset, step.Length, step.Mode, CancellationToken.None);
        return $"allocated, {await LengthAsync(open)}";
    }

    private async Task<string> CopyAsync(CopyStep step)
    {
        if (!_kernel.Open.TryGetValue(step.Source, out var source) || !source.Reads
            || !_kernel.Open.TryGetValue(step.Target, out var target) || !target.Writes || target.Mode.HasFlag(OpenMode.Append))
            return NotOpen;
        // As the kernel: within one file only where the ranges do not overlap.
        if (source.Inode == target.Inode && Math.Abs(step.SourceOffset - step.TargetOffset) < step.Length)
            return "overlaps";
        var copied = await CopyAsync(source, target, step);
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

    private async Task<string> SyncAsync(SyncStep step)
    {
        if (!_kernel.Open.TryGetValue(step.Slot, out var open))
            return NotOpen;
        await FileSystem.SyncAsync(Somebody, open.Handle, SyncMode.Everything, CancellationToken.None);
        return "synced";
    }

    private async Task<string> MakeDirectoryAsync(MakeDirectoryStep step)
    {
        var parent = await RequireParentAsync(step.Path);
        _kernel.Count(await FileSystem.CreateDirectoryAsync(
            Somebody, parent, FileName.Create(NameOf(step.Path)), FilePermissions.All, CancellationToken.None));
        return "made";
    }

    private async Task<string> RemoveDirectoryAsync(RemoveDirectoryStep step)
    {
        var parent = await RequireParentAsync(step.Path);
        await FileSystem.RemoveDirectoryAsync(Somebody, parent, FileName.Create(NameOf(step.Path)), CancellationToken.None);
        return "removed";
    }

    private async Task<string> UnlinkAsync(UnlinkStep step)
    {
        var parent = await RequireParentAsync(step.Path);
        await FileSystem.UnlinkAsync(Somebody, parent, FileName.Create(NameOf(step.Path)), CancellationToken.None);
        return "unlinked";
    }

    private async Task<string> RenameAsync(RenameStep step)
    {
        // The kernel answers these two itself: nobody moves a directory into or onto one of its own ancestors.
        var (from, to) = (step.From + "/", step.To + "/");
        if (from.Length != to.Length && (from.StartsWith(to, StringComparison.Ordinal) || to.StartsWith(from, StringComparison.Ordinal)))
            return "into itself";
        var parent = await RequireParentAsync(step.From);
        var newParent = await RequireParentAsync(step.To);
        await FileSystem.RenameAsync(
            Somebody, parent, FileName.Create(NameOf(step.From)), newParent, FileName.Create(NameOf(step.To)), step.Mode,
            CancellationToken.None);
        return "renamed";
    }

    private async Task<long> LengthAsync(OpenSlot open) =>
        (await FileSystem.GetAttributesAsync(Somebody, open.Inode, open.Handle, CancellationToken.None)).Attributes.Length;
}
