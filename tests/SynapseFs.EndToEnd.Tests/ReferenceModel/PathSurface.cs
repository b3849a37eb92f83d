using System.Globalization;
using SynapseFs.Testing.Reference;
using SynapseFs.Vfs;

namespace SynapseFs.EndToEnd.Tests.ReferenceModel;

/// <summary>Carries steps out by system calls below a directory, whatever filesystem that is of. A slot is a file descriptor.</summary>
internal abstract class PathSurface : TreeSurface
{
    private const uint FileMode = 0x1A4; // 0644
    private const uint DirectoryMode = 0x1ED; // 0755
    private const int AtCurrentDirectory = -100;
    private const int Piece = 128 * 1024;

    private readonly SortedDictionary<int, Opened> _open = [];

    protected abstract string Root { get; }

    protected override IReadOnlyDictionary<int, OpenMode> OpenModes => _open.ToDictionary(open => open.Key, open => open.Value.Mode);

    protected string At(string path) => path.Length == 0 ? Root : Path.Combine(Root, path);

    /// <summary>Lets go of everything that is still open, whatever comes of it.</summary>
    protected void Abandon()
    {
        foreach (var open in _open.Values)
            _ = Libc.close(open.Descriptor);
        _open.Clear();
    }

    protected override async Task<string> OpenAsync(OpenStep what)
    {
        await CloseAsync(what.Slot);
        var flags = Libc.CloseOnExec | Flags(what.Mode) | (what.Creates ? Libc.Create : 0);
        var opened = new Opened((int)Libc.Require(Libc.open(At(what.Path), flags, FileMode)), what.Mode);
        var found = Libc.Stat(opened.Descriptor);
        if (found.Type == NodeType.Directory)
        {
            // Linux lets everybody open a directory for reading; here that is no file.
            _ = Libc.close(opened.Descriptor);
            throw new FsException(FsError.IsADirectory, what.Path);
        }

        _open[what.Slot] = opened;
        return what.Creates ? $"created {found.Length}" : "opened";
    }

    protected override Task<string> CloseAsync(int slot) => Answer(() =>
    {
        if (!_open.Remove(slot, out var open))
            return NotOpen;
        Libc.Require(Libc.close(open.Descriptor));
        return "closed";
    });

    protected override Task<string> ReadAsync(ReadStep what) => Answer(() =>
        TryUse(what.Slot, OpenMode.Read) is { } open ? $"read {Describe(Read(open, what.Offset, what.Count))}" : NotOpen);

    protected override Task<string> WriteAsync(WriteStep what) => Answer(() =>
        TryUse(what.Slot, OpenMode.Write) is { } open
            ? $"wrote {Libc.Require(Libc.pwrite(open.Descriptor, Filled(what.Count, what.Fill), what.Count, what.Offset))}"
            : NotOpen);

    protected override Task<string> TruncateAsync(TruncateStep what) => Answer(() =>
    {
        Libc.Require(Libc.truncate(At(what.Path), what.Length));
        return $"length {Libc.Stat(At(what.Path))?.Length}";
    });

    protected override Task<string> TruncateAsync(TruncateOpenStep what) => Answer(() =>
    {
        if (TryUse(what.Slot, OpenMode.Write) is not { } open)
            return NotOpen;
        Libc.Require(Libc.ftruncate(open.Descriptor, what.Length));
        return $"length {Libc.Stat(open.Descriptor).Length}";
    });

    protected override Task<string> AllocateAsync(AllocateStep what) => Answer(() =>
    {
        if (TryUse(what.Slot, OpenMode.Write) is not { } open)
            return NotOpen;
        // The modes have the numbers of fallocate(2).
        Libc.Require(Libc.fallocate(open.Descriptor, (int)what.Mode, what.Offset, what.Length));
        return $"allocated, {Libc.Stat(open.Descriptor).Length}";
    });

    protected override Task<string> CopyAsync(CopyStep what) => Answer(() =>
    {
        if (TryUse(what.Source, OpenMode.Read) is not { } source || TryUse(what.Target, OpenMode.Write) is not { } target
            || target.Mode.HasFlag(OpenMode.Append))
            return NotOpen;
        var isWithin = Libc.Stat(source.Descriptor).Inode == Libc.Stat(target.Descriptor).Inode;
        if (isWithin && Math.Abs(what.SourceOffset - what.TargetOffset) < what.Length)
            return "overlaps";
        return $"copied {Copy(source, what.SourceOffset, target, what.TargetOffset, what.Length)}, {Libc.Stat(target.Descriptor).Length}";
    });

    protected override Task<string> SyncAsync(SyncStep what) => Answer(() =>
    {
        if (TryUse(what.Slot, OpenMode.None) is not { } open)
            return NotOpen;
        Libc.Require(Libc.fsync(open.Descriptor));
        return "synced";
    });

    protected override Task<string> MakeDirectoryAsync(MakeDirectoryStep what) =>
        Answer(() => Say("made", Libc.mkdir(At(what.Path), DirectoryMode)));

    protected override Task<string> RemoveDirectoryAsync(RemoveDirectoryStep what) =>
        Answer(() => Say("removed", Libc.rmdir(At(what.Path))));

    protected override Task<string> UnlinkAsync(UnlinkStep what) => Answer(() => Say("unlinked", Libc.unlink(At(what.Path))));

    // The modes have the numbers of renameat2(2).
    protected override Task<string> RenameAsync(RenameStep what) => Answer(() => Say(
        "renamed", Libc.renameat2(AtCurrentDirectory, At(what.From), AtCurrentDirectory, At(what.To), (uint)what.Mode)));

    protected override Task<Attributes?> FindAsync(string path) => Task.FromResult(Libc.Stat(At(path)));

    protected override Task<IReadOnlyList<string>> NamesAsync(string path) => Task.FromResult<IReadOnlyList<string>>(
        [.. new DirectoryInfo(At(path)).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }).Select(entry => entry.Name)]);

    protected override async Task<string> TextAsync(string path, Attributes attributes)
    {
        var opened = new Opened((int)Libc.Require(Libc.open(At(path), Libc.CloseOnExec, 0)), OpenMode.Read);
        try
        {
            var bytes = ReadAll(opened);
            var text = await DescribeAsync(bytes);
            return bytes.Length == attributes.Length ? text : $"{text} where there should be {attributes.Length}";
        }
        finally
        {
            _ = Libc.close(opened.Descriptor);
        }
    }

    /// <summary>The words for the bytes of a file.</summary>
    protected virtual Task<string> DescribeAsync(byte[] bytes) => Task.FromResult(Describe(bytes));

    protected override Task<string> OpenTextAsync(int slot) => Answer(() => Describe(ReadAll(_open[slot])));

    // Off the caller's thread: a call into a mount that does not answer must not keep the deadline from being noticed.
    private static Task<string> Answer(Func<string> call) => Task.Run(call);

    private static string Say(string done, int result)
    {
        Libc.Require(result);
        return done;
    }

    private static int Flags(OpenMode mode) =>
        (mode.HasFlag(OpenMode.ReadWrite) ? 2 : mode.HasFlag(OpenMode.Write) ? 1 : 0)
        | (mode.HasFlag(OpenMode.Append) ? Libc.Append : 0)
        | (mode.HasFlag(OpenMode.Truncate) ? Libc.Truncate : 0)
        | (mode.HasFlag(OpenMode.Exclusive) ? Libc.Exclusive : 0);

    private static byte[] Read(Opened open, long offset, int count)
    {
        var buffer = new byte[count];
        return buffer[..(int)Libc.Require(Libc.pread(open.Descriptor, buffer, count, offset))];
    }

    private static byte[] ReadAll(Opened open)
    {
        using var all = new MemoryStream();
        byte[] piece;
        do
        {
            piece = Read(open, all.Length, Piece);
            all.Write(piece);
        }
        while (piece.Length > 0);
        return all.ToArray();
    }

    // One call may copy less than all.
    private static long Copy(Opened source, long sourceOffset, Opened target, long targetOffset, long length)
    {
        var copied = 0L;
        long count;
        do
        {
            count = Libc.Require(Libc.copy_file_range(
                source.Descriptor, ref sourceOffset, target.Descriptor, ref targetOffset, (nint)(length - copied), 0));
            copied += count;
        }
        while (count > 0 && copied < length);
        return copied;
    }

    private Opened? TryUse(int slot, OpenMode need) =>
        _open.TryGetValue(slot, out var open) && (open.Mode & need) == need ? open : null;

    /// <summary>A descriptor and how it was opened.</summary>
    private sealed record Opened(int Descriptor, OpenMode Mode)
    {
        public override string ToString() => Descriptor.ToString(CultureInfo.InvariantCulture);
    }
}
