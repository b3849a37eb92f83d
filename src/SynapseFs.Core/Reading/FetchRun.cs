namespace SynapseFs.Core.Reading;

/// <summary>One ranged download under way. Its progress is guarded by the fetcher's lock.</summary>
internal sealed class FetchRun(BlockRange blocks, CancellationTokenSource cancellation)
{
    public CancellationTokenSource Cancellation { get; } = cancellation;

    public long End { get; } = blocks.End;

    /// <summary>The block that lands next; those before it have landed.</summary>
    public long Next { get; set; } = blocks.First;

    public bool WillBring(long block) => block >= Next && block < End;
}
