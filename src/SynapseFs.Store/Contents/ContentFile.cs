using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Store.Contents;

/// <summary>The sparse file of one content: block n lies at n times the block size. Opened when first needed.</summary>
internal sealed class ContentFile : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _file;
    private string? _path;

    /// <summary>Where a content's bytes lie; 256 folders keep each of them small.</summary>
    public static string PathOf(string directory, long number) => Path.Combine(
        directory,
        (number & 0xFF).ToString("x2", CultureInfo.InvariantCulture),
        number.ToString("x", CultureInfo.InvariantCulture));

    /// <summary>Names the file. A new one is emptied of whatever a crash may have left under its number.</summary>
    public void Assign(string directory, long number, bool isNew)
    {
        lock (_lock)
        {
            _path = PathOf(directory, number);
            if (!isNew)
                return;
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(_path)!);
            _file = PrivateFiles.Open(_path, FileMode.Create, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>Gives the place that was assigned to a file that has the bytes already. Nobody may read or write meanwhile.</summary>
    /// <exception cref="IOException">It is where it was.</exception>
    public void TakeOver(string path)
    {
        lock (_lock)
        {
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.Move(path, _path!, overwrite: true);
        }
    }

    /// <summary>Whether all bytes asked for were there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool TryRead(long offset, Span<byte> destination)
    {
        if (Opened(create: false) is not { } file)
            return false;
        while (!destination.IsEmpty)
        {
            var count = RandomAccess.Read(file.SafeFileHandle, destination, offset);
            if (count == 0)
                return false;
            offset += count;
            destination = destination[count..];
        }
        return true;
    }

    /// <summary>The file where it exists; null before anything was written. Valid until this is disposed.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public SafeFileHandle? Handle => Opened(create: false)?.SafeFileHandle;

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(Opened(create: true)!.SafeFileHandle, bytes, offset);

    /// <summary>Gives all its room back.</summary>
    public void Clear()
    {
        if (Opened(create: false) is { } file)
            RandomAccess.SetLength(file.SafeFileHandle, 0);
    }

    public void Dispose()
    {
        lock (_lock)
            _file?.Dispose();
    }

    private FileStream? Opened(bool create)
    {
        if (Volatile.Read(ref _file) is { } file)
            return file;
        lock (_lock)
        {
            if (_file is not null || _path is null)
                return _file;
            if (!create && !File.Exists(_path))
                return null;
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(_path)!);
            file = PrivateFiles.Open(_path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
            Volatile.Write(ref _file, file);
            return file;
        }
    }
}
