using SynapseFs.Core.Staging;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>A base in memory, which may make readers wait or fail.</summary>
internal sealed class BytesBase(byte[] bytes, string id = "content") : BaseContent
{
    private int _reads;

    /// <summary>Runs before each read with its offset and count: wait in it, or throw in it. Null: reads complete at once.</summary>
    public Func<long, int, Task>? OnRead { get; set; }

    public int Reads => _reads;

    public bool IsClosed { get; private set; }

    public bool IsDoubtful { get; set; }

    public override ContentKey? Key => new ContentKey(id, null);

    public override string? Node => "node of " + id;

    public override long Length => bytes.Length;

    public override bool MayTurnOutWrong => IsDoubtful;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        Interlocked.Increment(ref _reads);
        return OnRead is null ? new ValueTask<int>(Copy(offset, destination)) : ReadSlowAsync(offset, destination, cancellationToken);
    }

    public static FsException Offline() => new(FsError.Offline, "Out of reach.");

    protected override void Close()
    {
        if (IsClosed)
            throw new InvalidOperationException("Closed twice.");
        IsClosed = true;
    }

    private async ValueTask<int> ReadSlowAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        await OnRead!(offset, destination.Length).WaitAsync(cancellationToken);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return Copy(offset, destination);
    }

    private int Copy(long offset, Memory<byte> destination)
    {
        var rest = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
        var count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination.Span);
        return count;
    }
}
