using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.Cli.Trash;

/// <summary>What a person deleted at Synapse and may have back for 30 days.</summary>
internal sealed class TrashCan(SynapseClient client)
{
    private const RequestPriority Priority = RequestPriority.Interactive;
    private const int PageSize = 100;

    /// <summary>All of it, newest first. What comes or goes meanwhile may be missed, but nothing is told twice.</summary>
    public async Task<IReadOnlyList<TrashedThing>> ReadAsync(CancellationToken cancellationToken)
    {
        OrderedDictionary<string, TrashedThing> things = [];
        for (var offset = 0; ; offset += PageSize)
        {
            var page = await client.Trash.GetPageAsync(offset, PageSize, Priority, cancellationToken);
            foreach (var thing in page.Results.Select(TrashedThing.Of))
                things.TryAdd(thing.Id, thing);
            if (page.Results.Count < PageSize)
                return [.. things.Values];
        }
    }

    /// <summary>The same things with the names of what they lay in.</summary>
    public async Task<IReadOnlyList<TrashedThing>> WithParentsAsync(IReadOnlyList<TrashedThing> things, CancellationToken cancellationToken)
    {
        var parents = things.Select(thing => thing.ParentId).OfType<string>().Distinct().Select(id => new Reference { TargetId = id });
        var headers = await client.Entities.GetHeadersAsync([.. parents], Priority, cancellationToken);
        var names = headers.ToDictionary(header => header.Id!, header => header.Name);
        return [.. things.Select(thing => thing with { ParentName = names.GetValueOrDefault(thing.ParentId ?? "") })];
    }

    /// <exception cref="CliException">It cannot be had back; the message says why and what to do.</exception>
    public async Task RestoreAsync(string id, string? parentId, CancellationToken cancellationToken)
    {
        try
        {
            await (parentId is null
                ? client.Trash.RestoreAsync(id, Priority, cancellationToken)
                : client.Trash.RestoreAsync(id, parentId, Priority, cancellationToken));
        }
        catch (SynapseException problem) when (problem.Failure is SynapseFailure.NotFound)
        {
            throw new CliException($"{id} is not in your trash; see what is: synapsefs trash list", problem);
        }
        catch (SynapseException problem) when (problem.Failure is SynapseFailure.Conflict)
        {
            throw new CliException($"{id} cannot come back there, because its name is taken by now; rename what has it, or name " +
                "another place with --to.", problem);
        }
        catch (SynapseException problem) when (problem.Failure is SynapseFailure.Forbidden or SynapseFailure.BadRequest)
        {
            throw new CliException($"{id} cannot come back there; name another project or folder with --to. Synapse says: " +
                $"{problem.Reason}", problem);
        }
    }

    /// <summary>Deletes for good.</summary>
    public Task PurgeAsync(string id, CancellationToken cancellationToken) => client.Trash.PurgeAsync(id, Priority, cancellationToken);
}
