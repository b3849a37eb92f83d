using SynapseFs.Store;

namespace SynapseFs.Core.Staging;

/// <summary>
/// Immutable bytes that lie below a staged content and show through where nothing was written. It closes when its owner has disposed
/// it and the last read has ended. Thread-safe.
/// </summary>
internal abstract class BaseContent : IDisposable
{
    private readonly UseCount _uses = new();

    /// <summary>The key under which these bytes are remote; null for what is itself on its way.</summary>
    public virtual ContentKey? Key => null;

    /// <summary>The staged content that these bytes are; null when they are remote.</summary>
    public virtual long? StagedNumber => null;

    /// <summary>The remote id through which they can be fetched; null for what is staged.</summary>
    public virtual string? Node => null;

    /// <summary>Bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Whether bytes were handed out before all of them were held against their MD5.</summary>
    public virtual bool MayTurnOutWrong => false;

    /// <summary>
    /// Fills <paramref name="destination"/> from <paramref name="offset"/> on, fewer bytes only at the end; synchronously when they are
    /// on local disk.
    /// </summary>
    /// <exception cref="Vfs.FsException">Offline, Stale, AccessDenied, NoSpace, InputOutput.</exception>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken);

    public bool IsSameAs(BaseContent other) =>
        (Key is not null && Key == other.Key) || (StagedNumber is not null && StagedNumber == other.StagedNumber);

    /// <summary>Begins one read, or several.</summary>
    public void Enter() => _uses.Enter();

    public void Leave()
    {
        if (_uses.Leave())
            Close();
    }

    public void Dispose()
    {
        if (_uses.LetGo())
            Close();
    }

    protected abstract void Close();
}
