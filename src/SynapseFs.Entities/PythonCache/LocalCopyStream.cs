using Microsoft.Win32.SafeHandles;
using SynapseFs.Client;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.PythonCache;

/// <summary>A stretch of a local file, read forward only, with failures told in the filesystem's words.</summary>
/// <param name="file">Closed with it.</param>
/// <param name="offset">Where it begins.</param>
/// <param name="end">The offset after its last byte.</param>
internal sealed class LocalCopyStream(SafeFileHandle file, string path, long offset, long end) : ForwardStream
{
    private long _at = offset;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await RandomAccess.ReadAsync(file, Part(buffer), _at, cancellationToken);
            _at += count;
            return count;
        }
        catch (IOException failure)
        {
            throw Translated(failure);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = RandomAccess.Read(file, Part(buffer.AsMemory(offset, count)).Span, _at);
            _at += read;
            return read;
        }
        catch (IOException failure)
        {
            throw Translated(failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private Memory<byte> Part(Memory<byte> buffer) => buffer[..(int)Math.Clamp(end - _at, 0, buffer.Length)];

    private FsException Translated(IOException failure) =>
        new(FsError.InputOutput, $"The Python client's copy {path} cannot be read: {failure.Message}", failure);
}
