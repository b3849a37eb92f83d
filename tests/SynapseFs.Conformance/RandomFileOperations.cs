using System.IO.MemoryMappedFiles;

namespace SynapseFs.Conformance;

/// <summary>In the manner of fsx: random reads, writes, truncations, maps and reopenings of one file, each compared with an array.</summary>
internal sealed class RandomFileOperations : IDisposable
{
    private const int Longest = 600_000;
    private const int LongestPiece = 150_000;

    private readonly string _path;
    private readonly Random _random;
    private readonly byte[] _model = new byte[Longest];
    private FileStream _file;
    private int _length;
    private int _steps;

    public RandomFileOperations(string path, int seed)
    {
        _path = path;
        _random = new Random(seed);
        _file = Open();
    }

    public void Step()
    {
        _steps++;
        switch (_random.Next(10))
        {
            case < 4:
                Write();
                break;
            case < 7:
                Read();
                break;
            case 7:
                Truncate();
                break;
            case 8:
                Map();
                break;
            default:
                _file.Dispose();
                _file = Open();
                break;
        }

        Assert.That(RandomAccess.GetLength(_file.SafeFileHandle), Is.EqualTo(_length), $"length after step {_steps}");
    }

    public void Dispose() => _file.Dispose();

    private FileStream Open() => new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private void Write()
    {
        var offset = _random.Next(Longest - LongestPiece);
        var bytes = new byte[_random.Next(1, LongestPiece)];
        _random.NextBytes(bytes);
        RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
        bytes.CopyTo(_model, offset);
        _length = Math.Max(_length, offset + bytes.Length);
    }

    private void Read()
    {
        var offset = _random.Next(Longest);
        var buffer = new byte[_random.Next(1, LongestPiece)];
        var expected = Math.Clamp(_length - offset, 0, buffer.Length);
        Assert.That(RandomAccess.Read(_file.SafeFileHandle, buffer, offset), Is.EqualTo(expected), $"bytes read in step {_steps}");
        Assert.That(buffer.AsSpan(0, expected).SequenceEqual(_model.AsSpan(Math.Min(offset, Longest), expected)), $"step {_steps}: {expected} bytes at {offset}");
    }

    private void Truncate()
    {
        var length = _random.Next(Longest);
        RandomAccess.SetLength(_file.SafeFileHandle, length);
        if (length < _length)
            _model.AsSpan(length, _length - length).Clear();
        _length = length;
    }

    private void Map()
    {
        if (_length == 0)
            return;
        using var map = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        using var view = map.CreateViewAccessor(0, _length);
        var buffer = new byte[Math.Min(_length, LongestPiece)];
        var offset = _random.Next(_length - buffer.Length + 1);
        view.ReadArray(offset, buffer, 0, buffer.Length);
        Assert.That(buffer.AsSpan().SequenceEqual(_model.AsSpan(offset, buffer.Length)), $"step {_steps}: {buffer.Length} mapped bytes at {offset}");
        view.Write(offset, (byte)_steps);
        _model[offset] = (byte)_steps;
        view.Flush();
    }
}
