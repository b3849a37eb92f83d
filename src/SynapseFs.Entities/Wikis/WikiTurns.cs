using System.Collections.Concurrent;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// Changes of one wiki one after the other: a page is written whole, with the etag it was read with, so two at a time would only
/// send each other back.
/// </summary>
internal sealed class WikiTurns
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public async Task<T> TakeAsync<T>(string owner, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(owner, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            turn.Release();
        }
    }
}
