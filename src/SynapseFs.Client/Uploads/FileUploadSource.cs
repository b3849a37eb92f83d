using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Client.Uploads;

/// <summary>A local file.</summary>
internal sealed class FileUploadSource : UploadSource
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly DateTime _modified;

    /// <exception cref="SynapseException">LocalFile: it is not there or cannot be read.</exception>
    public FileUploadSource(string path)
    {
        _path = path;
        try
        {
            _file = File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
            Length = RandomAccess.GetLength(_file);
            _modified = File.GetLastWriteTimeUtc(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            throw Unreadable(e);
        }
    }

    public override long Length { get; }

    private string Name => $"'{Path.GetFileName(_path)}'";

    public override async Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var read = await ReadSomeAsync(offset, buffer, cancellationToken);
            if (read == 0)
                throw Changed(Name);
            offset += read;
            buffer = buffer[read..];
        }
    }

    public override void CheckUnchanged()
    {
        if (RandomAccess.GetLength(_file) != Length || File.GetLastWriteTimeUtc(_file) != _modified)
            throw Changed(Name);
    }

    protected override void Close() => _file.Dispose();

    private async Task<int> ReadSomeAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await RandomAccess.ReadAsync(_file, buffer, offset, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e);
        }
    }

    private SynapseException Unreadable(Exception cause)
    {
        var why = cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => "it is not there any more.",
            UnauthorizedAccessException => "its permissions forbid it.",
            _ => "its disk fails.",
        };
        return new SynapseException(SynapseFailure.LocalFile, $"{Name} cannot be read to be sent: {why}", inner: cause);
    }
}
