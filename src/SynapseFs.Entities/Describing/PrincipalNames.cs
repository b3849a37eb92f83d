using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Describing;

/// <summary>
/// User and team names behind principal ids, asked for once in a process: a project has few of them. Where a name cannot be had the
/// id stands for itself; nothing fails for want of a name.
/// </summary>
internal sealed class PrincipalNames(SynapseClient client)
{
    private readonly Lock _lock = new();

    // Guarded by _lock. A task may serve several ids: they were asked for together.
    private readonly Dictionary<string, Task<IReadOnlyDictionary<string, string>>> _asked = new(StringComparer.Ordinal);

    /// <summary>The names of those ids that have one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(
        IReadOnlyCollection<string> ids, Urgency urgency, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var batch in Ask(ids, urgency))
        {
            foreach (var (id, name) in await batch.WaitAsync(cancellationToken))
                names[id] = name;
        }
        return names;
    }

    private List<Task<IReadOnlyDictionary<string, string>>> Ask(IReadOnlyCollection<string> ids, Urgency urgency)
    {
        lock (_lock)
        {
            var unknown = ids.Where(id => !_asked.ContainsKey(id)).Distinct().ToList();
            if (unknown.Count > 0)
            {
                // Others may join this call, so one asker's patience must not end it.
                var call = Task.Run(() => FetchAsync(unknown, urgency));
                foreach (var id in unknown)
                    _asked[id] = call;
            }
            return [.. ids.Select(id => _asked[id]).Distinct()];
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> FetchAsync(List<string> ids, Urgency urgency)
    {
        try
        {
            var found = await client.Account.GetPrincipalsAsync(ids, urgency.ToPriority(), CancellationToken.None);
            return found.Where(header => header is { OwnerId: not null, UserName: not null })
                .DistinctBy(header => header.OwnerId)
                .ToDictionary(header => header.OwnerId!, header => header.UserName!, StringComparer.Ordinal);
        }
        catch (SynapseException exception)
        {
            if (exception.Failure is SynapseFailure.Offline or SynapseFailure.Unavailable or SynapseFailure.Throttled)
                Forget(ids);
            return new Dictionary<string, string>();
        }
    }

    private void Forget(List<string> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
                _asked.Remove(id);
        }
    }
}
