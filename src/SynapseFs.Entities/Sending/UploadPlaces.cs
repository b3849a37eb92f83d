using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Sending;

/// <summary>
/// Where new files of each project or folder are stored: asked for once and remembered for all who send there. Failures are
/// <see cref="SynapseException"/>.
/// </summary>
internal sealed class UploadPlaces(SynapseClient client, TimeProvider time)
{
    /// <summary>A project's settings hardly ever change, and a file stored in the old place is no harm.</summary>
    public static readonly TimeSpan Belief = TimeSpan.FromMinutes(10);

    private const int MostRemembered = 1_000;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <param name="parentId">A project or folder.</param>
    /// <param name="atMostOld">An answer older than this is asked for anew.</param>
    public async Task<UploadDestination> GetAsync(
        string parentId, TimeSpan atMostOld, Urgency urgency, CancellationToken cancellationToken)
    {
        var asked = Ask(parentId, atMostOld, urgency);
        try
        {
            return await asked.Answer.WaitAsync(cancellationToken);
        }
        catch (SynapseException)
        {
            Forget(parentId, asked);
            throw;
        }
    }

    private Asked Ask(string parentId, TimeSpan atMostOld, Urgency urgency)
    {
        lock (_lock)
        {
            if (_asked.TryGetValue(parentId, out var known) && time.GetElapsedTime(known.At) <= atMostOld)
                return known;
            if (_asked.Count >= MostRemembered)
                _asked.Clear();
            // Others may join this call, so one asker's patience must not end it.
            var call = Task.Run(() => client.Uploads.GetDestinationAsync(parentId, urgency.ToPriority(), CancellationToken.None));
            return _asked[parentId] = new Asked(call, time.GetTimestamp());
        }
    }

    private void Forget(string parentId, Asked asked)
    {
        lock (_lock)
        {
            if (_asked.TryGetValue(parentId, out var known) && ReferenceEquals(known, asked))
                _asked.Remove(parentId);
        }
    }

    private sealed record Asked(Task<UploadDestination> Answer, long At);
}
