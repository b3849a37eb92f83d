namespace SynapseFs.Core.Reading;

/// <summary>
/// Readers waiting for one block. The result is null when the block is cached, or its bytes when there was no room to keep them.
/// Its count is guarded by the fetcher's lock.
/// </summary>
internal sealed class BlockWait
{
    public TaskCompletionSource<byte[]?> Landed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Readers { get; set; }
}
