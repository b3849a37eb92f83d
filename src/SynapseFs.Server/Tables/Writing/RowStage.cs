using System.Text;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>
/// Rows that are read and checked but not yet written: in memory while they are few, in a file of their own when they are many, so that
/// the world is held up only while they are written.
/// </summary>
internal sealed class RowStage : IDisposable
{
    private const int MaxInMemory = 8 << 20;

    private readonly string _directory;
    private Stream _stream = new MemoryStream();
    private BinaryWriter _writer;

    public RowStage(string directory)
    {
        _directory = directory;
        _writer = NewWriter();
    }

    public long Count { get; private set; }

    public void Add(SparseRow row)
    {
        Write(row.RowId);
        Write(row.Version);
        _writer.Write(row.Cells.Count);
        foreach (var cell in row.Cells)
        {
            _writer.Write(cell.Place);
            _writer.Write(cell.Text is not null);
            if (cell.Text is { } text)
            {
                _writer.Write(text);
            }
        }

        Count++;
        if (_stream is MemoryStream && _stream.Length > MaxInMemory)
        {
            Spill();
        }
    }

    /// <summary>All rows in their order; once.</summary>
    public IEnumerable<SparseRow> Read()
    {
        _writer.Flush();
        _stream.Position = 0;
        using var reader = new BinaryReader(_stream, Encoding.UTF8, leaveOpen: true);
        for (var i = 0L; i < Count; i++)
        {
            var (id, version) = (ReadNumber(reader), ReadNumber(reader));
            var cells = new SparseCell[reader.ReadInt32()];
            for (var j = 0; j < cells.Length; j++)
            {
                cells[j] = new SparseCell(reader.ReadInt32(), reader.ReadBoolean() ? reader.ReadString() : null);
            }

            yield return new SparseRow(id, version, cells);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }

    // Among the parts of uploads: what a killed process leaves there is removed at the next start.
    private void Spill()
    {
        var path = Path.Combine(_directory, $"rows-{Guid.NewGuid():N}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        ((MemoryStream)_stream).WriteTo(file);
        _writer.Dispose();
        _stream.Dispose();
        _stream = file;
        _writer = NewWriter();
    }

    private BinaryWriter NewWriter() => new(_stream, Encoding.UTF8, leaveOpen: true);

    private void Write(long? number)
    {
        _writer.Write(number is not null);
        _writer.Write(number ?? 0);
    }

    private static long? ReadNumber(BinaryReader reader)
    {
        var isThere = reader.ReadBoolean();
        var number = reader.ReadInt64();
        return isThere ? number : null;
    }
}
