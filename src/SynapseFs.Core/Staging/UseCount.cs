namespace SynapseFs.Core.Staging;

/// <summary>
/// Who uses something that closes when its owner has let go of it and the last use has ended. Thread-safe, no waiting.
/// </summary>
internal sealed class UseCount
{
    // The owner counts as one.
    private int _count = 1;
    private int _isLetGo;

    /// <summary>Begins one use, which keeps it from closing until <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">It has closed.</exception>
    public void Enter()
    {
        while (true)
        {
            var count = Volatile.Read(ref _count);
            ObjectDisposedException.ThrowIf(count == 0, this);
            if (Interlocked.CompareExchange(ref _count, count + 1, count) == count)
                return;
        }
    }

    /// <summary>Ends one use. True: it was the last, and the caller closes.</summary>
    public bool Leave() => Interlocked.Decrement(ref _count) == 0;

    /// <summary>The owner lets go, once; further times do nothing. True: nobody uses it any more, and the caller closes.</summary>
    public bool LetGo() => Interlocked.Exchange(ref _isLetGo, 1) == 0 && Leave();
}
