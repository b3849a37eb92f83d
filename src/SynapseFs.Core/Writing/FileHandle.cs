using SynapseFs.Core.Reading;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>One open handle of a file.</summary>
/// <param name="file">What it is a handle of.</param>
/// <param name="mode">What it was opened for.</param>
/// <param name="pages">What <see cref="KernelPages"/> said.</param>
/// <param name="reader">How it reads what was not changed here; null when there is nothing of the sort.</param>
internal sealed class FileHandle(FileInUse file, OpenMode mode, PageCaching pages, OpenFile? reader)
{
    public FileInUse File { get; } = file;

    public OpenMode Mode { get; } = mode;

    public PageCaching Pages { get; } = pages;

    public OpenFile? Reader { get; } = reader;

    /// <summary>What the witness calls this handle; null: it is not interested.</summary>
    public object? Witnessed { get; set; }

    /// <summary>The process that wrote through it last, as far as it was told to the witness.</summary>
    public int? Writer { get; set; }

    public bool MayWrite => (Mode & OpenMode.Write) != 0;

    public long Length => File.Changed?.Length ?? Reader?.Content.Length ?? 0;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        File.Changed is { } changed ? changed.ReadAsync(offset, destination, cancellationToken)
        : Reader is { } clean ? clean.Content.ReadAsync(clean, offset, destination, cancellationToken)
        : new ValueTask<int>(0);

    public FileInUse RequireWritable() => MayWrite
        ? File
        : throw new FsException(FsError.BadHandle, "The file was opened for reading only.");
}
