using System.Buffers;
using System.Security.Cryptography;
using SynapseFs.Core.Staging;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Staging;

/// <summary>Making the file whole, and its MD5.</summary>
internal sealed partial class StagedContent
{
    private const int Piece = 1 << 20;

    /// <summary>
    /// Copies what still shows of the base into the file, so that the file alone is the content, and lets the base go. May be
    /// interrupted and called again; what was copied by then need not be fetched again. The journal should already hold a
    /// description of the frozen content: what only an earlier one counted is cut off here.
    /// </summary>
    /// <remarks>
    /// Bytes of a large base whose MD5 was not yet checked count as copied only when the whole copy succeeded, so that none stay of a
    /// base that turns out wrong on the way. After InputOutput from the base, <see cref="Rebase"/> on one newly opened tries afresh.
    /// </remarks>
    /// <exception cref="InvalidOperationException">It is not frozen.</exception>
    /// <exception cref="FsException">What the base throws; NoSpace, InputOutput.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (!_isFrozen)
            throw new InvalidOperationException($"Staged content {Number} may still change.");
        using var use = new Use(this);
        BaseContent? below;
        lock (_lock)
        {
            below = _base;
            below?.Enter();
        }

        try
        {
            if (below is not null)
                await CopyBaseAsync(below, cancellationToken);
        }
        finally
        {
            below?.Leave();
        }

        Tidy();
        LetBaseGo();
    }

    /// <summary>
    /// The MD5 of the file, in 32 lower-case hex digits. Only of what is frozen and whole; the base is no longer needed then.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not frozen, or not whole.</exception>
    /// <exception cref="FsException">InputOutput.</exception>
    public Task<string> HashAsync(CancellationToken cancellationToken)
    {
        if (!_isFrozen || !IsWhole)
            throw new InvalidOperationException($"The file of staged content {Number} alone is not the content.");
        LetBaseGo();
        return Task.Run(() => Hash(cancellationToken), cancellationToken);
    }

    private async Task CopyBaseAsync(BaseContent below, CancellationToken cancellationToken)
    {
        IReadOnlyList<Extent> shown;
        lock (_lock)
            shown = _map.BaseExtents;
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var doubtful = new List<Extent>();
            foreach (var extent in shown)
            {
                for (var at = extent.From; at < extent.To; at += Piece)
                {
                    var piece = extent with { From = at, To = Math.Min(extent.To, at + Piece) };
                    await CopyAsync(below, piece, buffer, cancellationToken);
                    doubtful.Add(piece);
                    if (!below.MayTurnOutWrong)
                        MarkCopied(doubtful);
                }
            }

            MarkCopied(doubtful);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task CopyAsync(BaseContent below, Extent piece, byte[] buffer, CancellationToken cancellationToken)
    {
        var bytes = buffer.AsMemory(0, (int)piece.Length);
        cancellationToken.ThrowIfCancellationRequested();
        if (await below.ReadAsync(piece.From, bytes, cancellationToken) < bytes.Length)
            throw new FsException(FsError.InputOutput, $"The base of staged content {Number} ended early, after offset {piece.From}.");
        _file.Write(piece.From, bytes.Span);
    }

    private void MarkCopied(List<Extent> copied)
    {
        lock (_lock)
        {
            foreach (var extent in copied)
                _map.Write(extent.From, extent.To);
            _changes++;
        }

        copied.Clear();
    }

    // All that the base showed is in the file.
    private void LetBaseGo()
    {
        BaseContent? done;
        lock (_lock)
        {
            done = _base;
            _base = null;
            _changes += _map.BaseLimit > 0 ? 1 : 0;
            _map.ForgetBase();
        }

        done?.Dispose();
    }

    // The map is not changed by anybody else any more: frozen, and what the base showed is written.
    private void Tidy()
    {
        IReadOnlyList<Extent> holes = [];
        long length;
        lock (_lock)
        {
            length = _map.Length;
            if (_hasStrays)
                holes = _map.Holes;
        }

        foreach (var hole in holes)
            _file.Punch(hole.From, hole.Length);
        if (_file.Length != length)
            _file.SetLength(length);
        lock (_lock)
            _hasStrays = false;
    }

    private string Hash(CancellationToken cancellationToken)
    {
        using var use = new Use(this);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
#pragma warning disable CA5351 // the remote service asks for MD5; it guards against mishaps, not malice
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
            var length = Length;
            for (long at = 0; at < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = _file.Read(at, buffer.AsSpan(0, (int)Math.Min(Piece, length - at)));
                if (count == 0)
                    throw new FsException(FsError.InputOutput, $"{_file.Path} is shorter than the content.");
                md5.AppendData(buffer.AsSpan(0, count));
                at += count;
            }

            return Convert.ToHexStringLower(md5.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
