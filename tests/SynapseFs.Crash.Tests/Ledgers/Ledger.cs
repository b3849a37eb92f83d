namespace SynapseFs.Crash.Tests.Ledgers;

/// <summary>
/// What one worker was told is done, and the one thing it asked for and was not yet told. The worker writes it, others take copies;
/// thread-safe.
/// </summary>
internal sealed class Ledger(WholeContents contents)
{
    private readonly Lock _lock = new();
    private Tree _tree = new();
    private Step? _inFlight;
    private int _lastId;
    private long _acknowledged;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>For the worker itself, between its steps.</summary>
    public Tree Tree => _tree;

    public int NextId() => ++_lastId;

    /// <summary>About to ask for it.</summary>
    public void Begin(Step step)
    {
        lock (_lock)
        {
            _inFlight = step;
            // Accepted and sent it may be before the answer is here.
            if (step is Step.Settle(var id) && _tree.File(id) is { } file)
                contents.Add(file.Current);
        }
    }

    /// <summary>Told that it is done.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            _inFlight!.Apply(_tree);
            _inFlight = null;
        }

        Interlocked.Increment(ref _acknowledged);
    }

    public void Write(int id, long offset, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
            _tree.File(id)!.Write(offset, bytes);
    }

    public void SetLength(int id, int length)
    {
        lock (_lock)
            _tree.File(id)!.SetLength(length);
    }

    public LedgerCopy Copy()
    {
        lock (_lock)
        {
            var after = _inFlight is null ? null : _tree.Copy();
            _inFlight?.Apply(after!);
            return new LedgerCopy(_tree.Copy(), after, _inFlight);
        }
    }

    /// <summary>After a crash: one of the possible trees was found to be the one.</summary>
    public void Adopt(Tree tree)
    {
        lock (_lock)
        {
            _tree = tree;
            _inFlight = null;
        }
    }
}

/// <summary>A ledger at one moment.</summary>
/// <param name="Before">With everything that was acknowledged.</param>
/// <param name="After">With what was in flight, too; null when nothing was.</param>
/// <param name="InFlight">What was asked for and not acknowledged.</param>
internal sealed record LedgerCopy(Tree Before, Tree? After, Step? InFlight);
