namespace SynapseFs.Core.Reading;

/// <summary>One ranged download under way. Its progress is guarded by the fetcher's lock.</summary>
internal sealed class FetchRun(BlockRange blocks, CancellationTokenSource cancellation)
{
    public CancellationTokenSource Cancellation { get; } = cancellation;

    /// <summary>Of <see cref="Cancellation"/>, which may have been disposed by the time the run begins.</summary>
    public CancellationToken Token { get; } = cancellation.Token;

    public long End { get; } = blocks.End;

    /// <summary>The block that lands next; those before it have landed.</summary>
    public long Next { get; set; } = blocks.First;

    public bool WillBring(long block) => block >= Next && block < End;
}
