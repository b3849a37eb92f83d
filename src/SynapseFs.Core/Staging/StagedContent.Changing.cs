using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Staging;

/// <summary>Changing: bytes reach the file before they show, so that nobody ever reads what is not there.</summary>
internal sealed partial class StagedContent
{
    /// <summary>False: frozen, nothing was done.</summary>
    /// <exception cref="FsException">TooLarge, NoSpace, InputOutput.</exception>
    public bool TryWrite(long offset, ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return TryWriteAt(ref offset, source, atEnd: false);
    }

    /// <summary>Writes at the end, wherever that is by then; <paramref name="offset"/> tells. False: frozen, nothing was done.</summary>
    /// <exception cref="FsException">TooLarge, NoSpace, InputOutput.</exception>
    public bool TryAppend(ReadOnlySpan<byte> source, out long offset)
    {
        offset = 0;
        return TryWriteAt(ref offset, source, atEnd: true);
    }

    /// <summary>Shrinking forgets what lies beyond, growing shows zeros. False: frozen, nothing was done.</summary>
    /// <exception cref="FsException">TooLarge.</exception>
    public bool TrySetLength(long length)
    {
        RequireFits(0, length);
        using var use = new Use(this);
        lock (_changing)
        {
            if (_isFrozen)
                return false;
            bool shrinks;
            lock (_lock)
            {
                if (length == _map.Length)
                    return true;
                shrinks = length < _map.Length;
                _cuts += shrinks ? 1 : 0;
                // What the journal counts as written stays in the file until the journal knows better.
                _hasStrays |= length < _claimedEnd;
                _map.SetLength(length);
                _changes++;
            }

            if (shrinks)
                TrimChanging();
            return true;
        }
    }

    /// <summary>fallocate(2). False: frozen, nothing was done.</summary>
    /// <exception cref="FsException">InvalidArgument, NotSupported, TooLarge, NoSpace, InputOutput.</exception>
    public bool TryAllocate(long offset, long length, AllocateMode mode)
    {
        if (offset < 0 || length <= 0)
            throw new FsException(FsError.InvalidArgument, $"{length} bytes at offset {offset} are no range.");
        RequireFits(offset, length);
        var keepsLength = mode.HasFlag(AllocateMode.KeepLength);
        var zeroes = (mode & ~AllocateMode.KeepLength) switch
        {
            AllocateMode.Reserve => false,
            AllocateMode.ZeroRange => true,
            AllocateMode.PunchHole when keepsLength => true,
            _ => throw new FsException(FsError.NotSupported, $"There is no allocating by {mode}."),
        };
        using var use = new Use(this);
        lock (_changing)
        {
            if (_isFrozen)
                return false;
            if (zeroes)
                ZeroChanging(offset, offset + length);
            if (!mode.HasFlag(AllocateMode.PunchHole))
                _file.Reserve(offset, length);
            lock (_lock)
            {
                if (!keepsLength && offset + length > _map.Length)
                    _map.SetLength(offset + length);
                _changes++;
            }

            return true;
        }
    }

    /// <summary>
    /// Copies a range without moving a byte, when what this content shows is <paramref name="source"/>'s beginning, or nothing yet,
    /// and the range continues it. True: <paramref name="source"/> belongs to this content, which disposes it. False: nothing was done,
    /// and it stays the caller's.
    /// </summary>
    public bool TryClone(BaseContent source, long sourceOffset, long targetOffset, long length)
    {
        using var use = new Use(this);
        BaseContent? spare;
        lock (_changing)
        {
            lock (_lock)
            {
                if (_isFrozen || length <= 0 || sourceOffset != targetOffset || targetOffset != _map.Length || !_map.ShowsOnlyBase)
                    return false;
                if (length > source.Length - sourceOffset || length > LargestContent - sourceOffset)
                    return false;
                if (_base is null ? targetOffset > 0 : !_base.IsSameAs(source) || _base.Length != source.Length)
                    return false;
                spare = _base is null ? null : source;
                _latestBase = _base ??= source;
                _map.ShowBase(targetOffset + length);
                _changes++;
            }
        }

        spare?.Dispose();
        return true;
    }

    private bool TryWriteAt(ref long offset, ReadOnlySpan<byte> source, bool atEnd)
    {
        using var use = new Use(this);
        lock (_changing)
        {
            if (_isFrozen)
                return false;
            if (atEnd)
                offset = Length;
            RequireFits(offset, source.Length);
            if (source.IsEmpty)
                return true;
            WriteChanging(offset, source);
            return true;
        }
    }

    private void WriteChanging(long offset, ReadOnlySpan<byte> source)
    {
        var isWritten = false;
        try
        {
            _file.Write(offset, source);
            isWritten = true;
        }
        finally
        {
            lock (_lock)
            {
                // A write that failed half way leaves bytes in the file that do not show.
                _hasStrays |= !isWritten;
                if (isWritten)
                {
                    _map.Write(offset, offset + source.Length);
                    _changes++;
                }
            }
        }
    }

    private void ZeroChanging(long from, long to)
    {
        to = Math.Min(to, _map.Length);
        if (from >= to)
            return;
        _file.Punch(from, to - from);
        // Zeros that count as written have to be in the file.
        if (_file.Length < Math.Min(to, _map.BaseLimit))
            _file.SetLength(Math.Min(to, _map.BaseLimit));
        lock (_lock)
            _map.Zero(from, to);
    }

    /// <summary>Gives back the room of what was cut off, as far as no description of this content still counts it.</summary>
    private void TrimChanging()
    {
        long needed;
        lock (_lock)
            needed = Math.Max(_map.Length, _claimedEnd);
        try
        {
            if (_file.Length > needed)
                _file.SetLength(needed);
        }
        catch (FsException)
        {
            // The bytes do not show; the room they take comes back when the content is completed or gone.
            lock (_lock)
                _hasStrays = true;
        }
    }

    private static void RequireFits(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (offset > LargestContent - length)
            throw new FsException(FsError.TooLarge, $"{length} bytes at offset {offset} end beyond {LargestContent} bytes.");
    }

    private readonly struct Use : IDisposable
    {
        private readonly StagedContent _content;

        public Use(StagedContent content)
        {
            _content = content;
            content.Enter();
        }

        public void Dispose() => _content.Leave();
    }
}
