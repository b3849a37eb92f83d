using SynapseFs.Vfs;

namespace SynapseFs.Core.Staging;

/// <summary>What shows somewhere in a staged content.</summary>
internal enum ContentSource
{
    Zeros,
    Base,
    Written,
}

/// <summary>A stretch of one source.</summary>
internal readonly record struct ContentPiece(ContentSource Source, long To);

/// <summary>
/// What shows where in a staged content: written bytes, else the base's first <see cref="BaseLimit"/> bytes, else zeros. Pure; not
/// thread-safe.
/// </summary>
internal sealed class ContentMap
{
    private readonly ExtentSet _written;

    /// <exception cref="ArgumentException">More of the base or of what was written than there are bytes.</exception>
    public ContentMap(ExtentSet written, long length, long baseLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baseLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Math.Max(baseLimit, written.End));
        (_written, Length, BaseLimit) = (written, length, baseLimit);
    }

    /// <summary>Bytes of the content.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of the base, from its start, that may show. Never more than <see cref="Length"/>.</summary>
    public long BaseLimit { get; private set; }

    /// <summary>The end of what was written; 0 when nothing was.</summary>
    public long WrittenEnd => _written.End;

    /// <summary>Whether any byte of the base shows.</summary>
    public bool ShowsBase => !_written.Contains(0, BaseLimit);

    /// <summary>Whether every byte is the base's; true of an empty content.</summary>
    public bool ShowsOnlyBase => _written.IsEmpty && BaseLimit == Length;

    /// <summary>Where the base shows.</summary>
    public IReadOnlyList<Extent> BaseExtents => _written.Gaps(0, BaseLimit);

    /// <summary>Where there is neither base nor anything written.</summary>
    public IReadOnlyList<Extent> Holes => _written.Gaps(BaseLimit, Length);

    public string WrittenText => _written.ToText();

    /// <summary>What shows from <paramref name="from"/> on, and how far, at most to <paramref name="to"/>.</summary>
    public ContentPiece PieceAt(long from, long to)
    {
        var next = _written.NextIn(from) ?? to;
        if (next == from)
            return new ContentPiece(ContentSource.Written, Math.Min(_written.NextOut(from), to));
        return from < BaseLimit
            ? new ContentPiece(ContentSource.Base, Math.Min(Math.Min(next, BaseLimit), to))
            : new ContentPiece(ContentSource.Zeros, Math.Min(next, to));
    }

    public void Write(long from, long to)
    {
        _written.Add(from, to);
        Length = Math.Max(Length, to);
    }

    /// <summary>What is cut off never shows again; what is added shows zeros.</summary>
    public void SetLength(long length)
    {
        _written.Clip(length);
        BaseLimit = Math.Min(BaseLimit, length);
        Length = length;
    }

    /// <summary>The range, within the length, shows zeros: written ones where the base would show, a hole elsewhere.</summary>
    public void Zero(long from, long to)
    {
        to = Math.Min(to, Length);
        if (from < Math.Min(to, BaseLimit))
            _written.Add(from, Math.Min(to, BaseLimit));
        if (Math.Max(from, BaseLimit) < to)
            _written.Remove(Math.Max(from, BaseLimit), to);
    }

    /// <summary>Shows the base up to there; only for what shows nothing else.</summary>
    public void ShowBase(long to) => Length = BaseLimit = to;

    /// <summary>Nothing of the base shows any more: all that did was written.</summary>
    public void ForgetBase() => BaseLimit = 0;

    /// <exception cref="FsException">NoData.</exception>
    public long Seek(long offset, SeekTarget target)
    {
        if (offset < 0 || offset >= Length)
            throw new FsException(FsError.NoData, $"Offset {offset} lies beyond the end at {Length}.");
        if (target == SeekTarget.Hole)
            return Math.Min(_written.NextOut(Math.Max(offset, BaseLimit)), Length);
        return offset < BaseLimit
            ? offset
            : _written.NextIn(offset) ?? throw new FsException(FsError.NoData, $"There is no data from offset {offset} on.");
    }
}
