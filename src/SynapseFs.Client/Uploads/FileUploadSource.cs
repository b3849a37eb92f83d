using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Client.Uploads;

/// <summary>A local file.</summary>
internal sealed class FileUploadSource : UploadSource
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly DateTime _modified;

    public FileUploadSource(string path)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        Length = RandomAccess.GetLength(_file);
        _modified = File.GetLastWriteTimeUtc(_file);
    }

    public override long Length { get; }

    public override async Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var read = await RandomAccess.ReadAsync(_file, buffer, offset, cancellationToken);
            if (read == 0)
                throw Changed($"'{Path.GetFileName(_path)}'");
            offset += read;
            buffer = buffer[read..];
        }
    }

    public override void CheckUnchanged()
    {
        if (RandomAccess.GetLength(_file) != Length || File.GetLastWriteTimeUtc(_file) != _modified)
            throw Changed($"'{Path.GetFileName(_path)}'");
    }

    protected override void Close() => _file.Dispose();
}
