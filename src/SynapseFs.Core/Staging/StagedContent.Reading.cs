using SynapseFs.Core.Sending;
using SynapseFs.Core.Writing;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Staging;

/// <summary>Reading: piece by piece, each from where it shows, beside whatever changes meanwhile.</summary>
internal sealed partial class StagedContent
{
    /// <summary>
    /// Fills <paramref name="destination"/> from <paramref name="offset"/> on, fewer bytes only at the end; without waiting or
    /// allocating unless bytes of the base have to be fetched.
    /// </summary>
    /// <exception cref="FsException">InputOutput, and what the base throws.</exception>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        _uses.Enter();
        var isPending = false;
        try
        {
            var read = new PieceRead { Offset = offset, Destination = destination };
            Begin(ref read);
            isPending = !Continue(ref read, cancellationToken);
            return isPending ? FinishAsync(read, cancellationToken) : new ValueTask<int>(read.Count);
        }
        finally
        {
            if (!isPending)
                Leave();
        }
    }

    private async ValueTask<int> FinishAsync(PieceRead read, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                var below = read.Below!;
                try
                {
                    Landed(ref read, await read.Pending);
                }
                finally
                {
                    below.Leave();
                }
            }
            while (!Continue(ref read, cancellationToken));
            return read.Count;
        }
        finally
        {
            Leave();
        }
    }

    private void Begin(ref PieceRead read)
    {
        lock (_lock)
        {
            read.Cuts = _cuts;
            read.Count = (int)Math.Clamp(_map.Length - read.Offset, 0, read.Destination.Length);
            read.Done = 0;
        }
    }

    /// <summary>False: the piece in hand has to be waited for.</summary>
    private bool Continue(ref PieceRead read, CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = read.Offset + read.Done;
            ContentPiece piece;
            BaseContent? below;
            lock (_lock)
            {
                if (read.Cuts == _cuts && read.Done == read.Count)
                    return true;
                piece = read.Cuts == _cuts ? _map.PieceAt(at, read.Offset + read.Count) : default;
                below = piece.Source == ContentSource.Base ? _base : null;
                below?.Enter();
            }

            if (piece.To == 0)
            {
                Begin(ref read);
                continue;
            }

            read.PieceLength = (int)(piece.To - at);
            if (below is not null && !TryReadBase(ref read, below, cancellationToken))
                return false;
            if (below is null)
                ReadHere(ref read, piece.Source);
        }
    }

    private static bool TryReadBase(ref PieceRead read, BaseContent below, CancellationToken cancellationToken)
    {
        var isPending = false;
        try
        {
            var reading = below.ReadAsync(read.Offset + read.Done, read.Piece, cancellationToken);
            if (reading.IsCompletedSuccessfully)
            {
                Landed(ref read, reading.Result);
                return true;
            }

            (read.Below, read.Pending) = (below, reading);
            isPending = true;
            return false;
        }
        finally
        {
            if (!isPending)
                below.Leave();
        }
    }

    private void ReadHere(ref PieceRead read, ContentSource source)
    {
        var piece = read.Piece.Span;
        if (source == ContentSource.Zeros)
            piece.Clear();
        else if (_file.Read(read.Offset + read.Done, piece) < piece.Length && !WasCut(read))
            throw new FsException(FsError.InputOutput, $"{_file.Path} has lost bytes that were written to it.");
        read.Done += piece.Length;
    }

    private bool WasCut(in PieceRead read)
    {
        lock (_lock)
            return read.Cuts != _cuts;
    }

    private static void Landed(ref PieceRead read, int count)
    {
        if (count < read.PieceLength)
            throw new FsException(FsError.InputOutput, $"The base ended early, at offset {read.Offset + read.Done + count}.");
        read.Done += count;
    }

    private struct PieceRead
    {
        public long Offset;
        public Memory<byte> Destination;

        /// <summary>Bytes to read, and how many of them were.</summary>
        public int Count;
        public int Done;

        /// <summary>The cuts there had been when it began.</summary>
        public int Cuts;
        public int PieceLength;

        /// <summary>The base that <see cref="Pending"/> reads from; it was entered.</summary>
        public BaseContent? Below;
        public ValueTask<int> Pending;

        public readonly Memory<byte> Piece => Destination.Slice(Done, PieceLength);
    }
}
