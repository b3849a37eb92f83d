using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.Entities.Provenance;

/// <summary>
/// Asks level by level what generated a version, and what that was made from. Each thing is asked about once, so that circles end. What
/// may not be read is shown as such.
/// </summary>
public sealed class ProvenanceWalk
{
    private const int MostEntities = 500;
    private const string Unreadable = "may not be read, or is not there any more";

    private readonly SynapseClient _client;
    private readonly Dictionary<string, ProvenanceNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<ProvenanceEdge> _edges = [];
    private readonly Dictionary<string, SynapseEntityId> _entities = new(StringComparer.Ordinal);

    private ProvenanceWalk(SynapseClient client) => _client = client;

    /// <param name="start">With the version that is asked about; without one, the current one.</param>
    /// <param name="up">How many times the provenance of what was used is asked for in turn; 0: only that of <paramref name="start"/>.</param>
    /// <exception cref="SynapseException">The service is not to be reached, or what is asked about is not there.</exception>
    public static Task<ProvenanceGraph> FollowAsync(
        SynapseClient client, SynapseEntityId start, int up, CancellationToken cancellationToken) =>
        new ProvenanceWalk(client).FollowAsync(start, up, cancellationToken);

    private async Task<ProvenanceGraph> FollowAsync(SynapseEntityId start, int up, CancellationToken cancellationToken)
    {
        List<SynapseEntityId> level = [start];
        _entities[start.ToString()] = start;
        await NameAsync(level, cancellationToken);
        var isCut = false;
        for (var depth = 0; depth <= up && level.Count > 0; depth++)
        {
            var activities = await Task.WhenAll(level.Where(IsReadable).Select(id => AskAsync(id, cancellationToken)));
            foreach (var refused in activities.Where(answer => answer.IsRefused).Select(answer => answer.Of.ToString()))
                _nodes[refused] = _nodes[refused] with { Problem = "its provenance may not be read" };
            var next = activities.SelectMany(answer => Add(answer.Of, answer.Activity)).ToList();
            isCut |= _entities.Count + next.Count > MostEntities;
            level = [.. next.Where(id => _entities.Count < MostEntities && _entities.TryAdd(id.ToString(), id))];
            await NameAsync(level, cancellationToken);
        }

        var known = _edges.Where(edge => _nodes.ContainsKey(edge.From) && _nodes.ContainsKey(edge.To));
        return new ProvenanceGraph([.. _order.Select(id => _nodes[id])], [.. known], isCut);
    }

    private bool IsReadable(SynapseEntityId id) => _nodes[id.ToString()].Problem is null;

    private async Task NameAsync(List<SynapseEntityId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        var references = ids.Select(id => new Reference { TargetId = id.Id, TargetVersionNumber = id.Version }).ToList();
        var headers = await _client.Entities.GetHeadersAsync(references, RequestPriority.Interactive, cancellationToken);
        foreach (var id in ids)
        {
            var header = headers.FirstOrDefault(
                found => found.Id == id.Id && (id.Version is null || found.VersionNumber is null || found.VersionNumber == id.Version));
            Add(new ProvenanceNode(id.ToString(), ProvenanceNodeKind.Entity, header?.Name ?? id.ToString())
            {
                Problem = header is null ? Unreadable : null,
            });
        }
    }

    private async Task<Answer> AskAsync(SynapseEntityId id, CancellationToken cancellationToken)
    {
        try
        {
            return new Answer(id, await _client.Activities.FindAsync(id.Id, id.Version, RequestPriority.Interactive, cancellationToken));
        }
        catch (SynapseException exception) when (exception.Failure is SynapseFailure.Forbidden or SynapseFailure.NotFound)
        {
            return new Answer(id, null) { IsRefused = true };
        }
    }

    /// <returns>The entities that were used.</returns>
    private List<SynapseEntityId> Add(SynapseEntityId generated, Activity? activity)
    {
        if (activity is null)
            return [];
        var key = $"activity:{activity.Id}";
        Add(new ProvenanceNode(key, ProvenanceNodeKind.Activity, string.IsNullOrEmpty(activity.Name) ? "(without a name)" : activity.Name)
        {
            Description = activity.Description,
            CreatedOn = activity.CreatedOn,
        });
        _edges.Add(new ProvenanceEdge(key, generated.ToString(), ProvenanceEdgeKind.Generated));
        var entities = new List<SynapseEntityId>();
        foreach (var item in activity.Used ?? [])
        {
            var word = ProvenanceText.WordOf(item);
            var kind = item.WasExecuted == true ? ProvenanceEdgeKind.Executed : ProvenanceEdgeKind.Used;
            if (item.Reference is null)
                Add(new ProvenanceNode(word, ProvenanceNodeKind.Address, string.IsNullOrEmpty(item.Name) ? word : item.Name));
            else if (SynapseEntityId.TryParse(word, out var id))
                entities.Add(id);
            _edges.Add(new ProvenanceEdge(word, key, kind));
        }

        return entities;
    }

    private void Add(ProvenanceNode node)
    {
        if (_nodes.TryAdd(node.Id, node))
            _order.Add(node.Id);
    }

    private sealed record Answer(SynapseEntityId Of, Activity? Activity)
    {
        public bool IsRefused { get; init; }
    }
}
