using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>Transactions of everything that they can change, by the kind of the entity. Source: TableUpdateRequestUtils.</summary>
internal sealed class TableTransactions(SynapseWorld world)
{
    private readonly Dictionary<string, ITransactionKind> _kinds = new(StringComparer.Ordinal);

    public void Add(ITransactionKind kind) => _kinds.Add(kind.Kind, kind);

    /// <summary>Prepares the transaction; what it returns writes it within the world's transaction.</summary>
    public Func<TableUpdateTransactionResponse> Prepare(JobContext job, TableUpdateTransactionRequest request)
    {
        var key = TableIds.Parse(request.EntityId);
        if (key.Version is not null)
        {
            throw ServiceException.BadRequest("A snapshot is immutable and cannot be updated.");
        }

        Check(request, key.Id);
        var kind = world.Transact(() => world.Access.Require(job.Caller, key.Id, AccessTypes.Update).Node.Kind.ShortName);
        return _kinds.TryGetValue(kind, out var found)
            ? found.Prepare(job, key.Id, request)
            : throw ServiceException.BadRequest(
                EntityKind.Of(kind).IsTable ? $"Unsupported type: {kind}" : $"{key} is not a table or view");
    }

    /// <summary>The transaction that holds this change alone.</summary>
    public static TableUpdateTransactionRequest Of(TableUpdateRequest change) => new() { EntityId = change.EntityId, Changes = [change] };

    /// <summary>The answer of a transaction of one change.</summary>
    public static TableUpdateResponse Single(TableUpdateTransactionResponse response) => response.Results[0];

    private static void Check(TableUpdateTransactionRequest request, long id)
    {
        // The Python client sends empty options beside "createSnapshot": false.
        if (request.CreateSnapshot is null && request.SnapshotOptions is not null)
        {
            throw ServiceException.BadRequest("Included SnapshotOptions but the createSnapshot boolean is null");
        }

        if (request.Changes is not { Count: > 0 } && request.CreateSnapshot != true)
        {
            throw ServiceException.BadRequest("Must include be at least one change or create a snapshot.");
        }

        foreach (var change in request.Changes ?? [])
        {
            if (change is null)
            {
                throw ServiceException.BadRequest("change is required.");
            }

            if (change.EntityId is { } other && TableIds.Parse(other) != new TableKey(id, null))
            {
                throw ServiceException.BadRequest("EntityId of TableUpdateRequest does not match the requested transaction entityId");
            }
        }
    }
}
