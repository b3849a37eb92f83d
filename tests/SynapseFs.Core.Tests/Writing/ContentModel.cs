using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>What a staged content should show, in an array, and where it should say that data is.</summary>
internal sealed class ContentModel
{
    private readonly byte[] _bytes;
    private readonly bool[] _isData;
    private int _baseLimit;

    public ContentModel(int largest, ReadOnlySpan<byte> below)
    {
        _bytes = new byte[largest];
        _isData = new bool[largest];
        below.CopyTo(_bytes);
        Length = _baseLimit = below.Length;
        _isData.AsSpan(0, Length).Fill(true);
    }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Write(int offset, ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty)
            return;
        source.CopyTo(_bytes.AsSpan(offset));
        _isData.AsSpan(offset, source.Length).Fill(true);
        Length = Math.Max(Length, offset + source.Length);
    }

    public void SetLength(int length)
    {
        if (length < Length)
        {
            _bytes.AsSpan(length, Length - length).Clear();
            _isData.AsSpan(length, Length - length).Clear();
            _baseLimit = Math.Min(_baseLimit, length);
        }

        Length = length;
    }

    /// <summary>Zeros over base bytes count as data, elsewhere as a hole.</summary>
    public void Zero(int offset, int length)
    {
        for (var at = offset; at < Math.Min(Length, offset + length); at++)
        {
            _bytes[at] = 0;
            _isData[at] = at < _baseLimit;
        }
    }

    /// <summary>Everything is laid below a new content, and counts as data of a base.</summary>
    public void LayBelow()
    {
        _isData.AsSpan(0, Length).Fill(true);
        _baseLimit = Length;
    }

    /// <summary>Null: there is none, or the offset lies beyond the end.</summary>
    public long? Seek(int offset, SeekTarget target)
    {
        if (offset >= Length)
            return null;
        var found = Array.IndexOf(_isData, target == SeekTarget.Data, offset, Length - offset);
        if (found >= 0)
            return found;
        return target == SeekTarget.Hole ? Length : null;
    }
}
