namespace SynapseFs.Cli.Output;

/// <summary>Takes log lines from any thread: into a file (0600, kept under a limit by starting over once) or onto standard error.</summary>
internal sealed class LogSink : IDisposable
{
    /// <summary>Bytes after which the file becomes FILE.1 and a new one begins, so that a mount of months fills no disk.</summary>
    private const long Limit = 16 << 20;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private TextWriter _writer;
    private long _written;
    private bool _disposed;

    private LogSink(string? path, TextWriter writer)
    {
        _path = path;
        _writer = writer;
    }

    public static LogSink ToError() => new(null, Console.Error);

    /// <exception cref="CliException">The file cannot be written.</exception>
    public static LogSink ToFile(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
                Directory.CreateDirectory(directory);
            return new LogSink(path, OpenWriter(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The log file {path} cannot be written: {problem.Message} Name another with --log-file.", problem);
        }
    }

    public void Write(string line)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            try
            {
                _writer.WriteLine(line);
                _written += line.Length;
                if (_path is not null && _written > Limit)
                    StartOverLocked(_path);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // A log that cannot be written (disk full, terminal gone) must not take the filesystem with it.
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            if (_path is not null)
                _writer.Dispose();
        }
    }

    private static StreamWriter OpenWriter(string path) => new(PrivateFile.Open(path, FileMode.Append)) { AutoFlush = true };

    private void StartOverLocked(string path)
    {
        var full = _writer;
        // Should the rest fail, lines are lost until as many again have passed and it is tried once more.
        (_writer, _written) = (TextWriter.Null, 0);
        full.Dispose();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
            File.Move(path, $"{path}.1", overwrite: true);
        _writer = OpenWriter(path);
    }
}
