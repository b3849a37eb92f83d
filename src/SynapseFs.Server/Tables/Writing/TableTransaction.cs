using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>
/// Transactions of table entities. Everything is read and checked against the schema that will hold when its turn comes, outside of the
/// world's lock; then all of it is written at once, with the entity's new etag. Source: TableEntityUpdateRequestManager.
/// </summary>
internal sealed class TableTransaction(SynapseWorld world, RowWriter rows, SchemaWriter schemas, Snapshots snapshots, Uploaded uploaded)
    : ITransactionKind
{
    public string Kind => "table";

    public Func<TableUpdateTransactionResponse> Prepare(JobContext job, long tableId, TableUpdateTransactionRequest request)
    {
        var schema = world.Transact(() => Schema(tableId));
        var steps = Prepare(job.Caller, tableId, schema, request);
        return () =>
        {
            try
            {
                var standing = world.Access.Require(job.Caller, tableId, AccessTypes.Update);
                if (!TableIndexer.Signature(schema).Equals(TableIndexer.Signature(Schema(tableId)), StringComparison.Ordinal))
                {
                    // The columns were changed meanwhile, which is rare: what was prepared for the old ones is done again.
                    Release(steps);
                    steps = Prepare(job.Caller, tableId, Schema(tableId), request);
                }

                return Write(job.Caller, standing, steps, request);
            }
            finally
            {
                Release(steps);
            }
        };
    }

    private List<Step> Prepare(
        Caller caller, long tableId, IReadOnlyList<ColumnModel> schema, TableUpdateTransactionRequest request)
    {
        var steps = new List<Step>();
        try
        {
            foreach (var change in request.Changes ?? [])
            {
                var step = Prepare(caller, tableId, schema, change);
                steps.Add(step);
                schema = step.Schema?.After ?? schema;
            }

            return steps;
        }
        catch
        {
            Release(steps);
            throw;
        }
    }

    private Step Prepare(Caller caller, long tableId, IReadOnlyList<ColumnModel> schema, TableUpdateRequest change)
    {
        switch (change.ConcreteType)
        {
            case TableTypes.SchemaChangeRequest:
                return new Step(change) { Schema = world.Transact(() => NewSchema(tableId, schema, change)) };
            case TableTypes.UploadRequest:
                RequireTable(tableId, change.TableId);
                return new Step(change)
                {
                    Stage = uploaded.Stage(caller, change, schema),
                    Rows = new RowChange(schema, []) { Etag = change.UpdateEtag },
                };
            case TableTypes.AppendRequest:
                return Append(tableId, schema, change);
            case TableTypes.SearchChangeRequest:
                return change.SearchEnabled is null
                    ? throw ServiceException.BadRequest("The searchEnabled value is required.")
                    : new Step(change);
            default:
                throw ServiceException.BadRequest($"Unknown change type: {change.ConcreteType}");
        }
    }

    private Step Append(long tableId, IReadOnlyList<ColumnModel> schema, TableUpdateRequest change)
    {
        var set = change.ToAppend ?? throw ServiceException.BadRequest("AppendableRowSetRequest.toAppend is required.");
        RequireTable(tableId, set.TableId);
        var isPartial = set.ConcreteType == TableTypes.PartialRowSet;
        if (!isPartial && set.ConcreteType != TableTypes.RowSet)
        {
            throw ServiceException.BadRequest($"Unknown RowSet type: {set.ConcreteType}");
        }

        var read = isPartial ? RowRules.Partial(set, schema) : RowRules.Full(set, schema);
        return new Step(change)
        {
            Stage = uploaded.Stage(read, schema),
            Rows = new RowChange(schema, [])
            {
                Etag = isPartial ? null : set.Etag,
                IsPartial = isPartial,
                WantsReferences = true,
            },
        };
    }

    private TableUpdateTransactionResponse Write(
        Caller caller, Standing standing, List<Step> steps, TableUpdateTransactionRequest request)
    {
        var id = standing.Node.Id;
        var results = steps.Select(step => Write(caller, standing, step)).ToList();
        if (steps.Count > 0)
        {
            world.Stamp.Touch(world.Nodes.Get(id)!, caller);
        }

        return new TableUpdateTransactionResponse
        {
            Results = results,
            SnapshotVersionNumber = request.CreateSnapshot == true
                ? snapshots.OfTable(caller, world.Access.Examine(caller, id), request.SnapshotOptions)
                : null,
        };
    }

    private TableUpdateResponse Write(Caller caller, Standing standing, Step step)
    {
        var node = standing.Node;
        switch (step.Request.ConcreteType)
        {
            case TableTypes.SchemaChangeRequest:
                schemas.Write(caller, node.Id, step.Schema!);
                var current = world.Versions.Current(node);
                world.Versions.Put(current with { Fields = TableDefinition.WithColumns(current.Fields, step.Schema!.After) });
                return new TableUpdateResponse { ConcreteType = TableTypes.SchemaChangeResponse, Schema = step.Schema.After };
            case TableTypes.SearchChangeRequest:
                SetSearch(caller, node, step.Request.SearchEnabled == true);
                return new TableUpdateResponse
                {
                    ConcreteType = TableTypes.SearchChangeResponse,
                    SearchEnabled = step.Request.SearchEnabled,
                };
            default:
                var written = rows.Write(caller, node.Id, step.Rows! with { Rows = step.Stage!.Read() });
                return Answer(node, step, written);
        }
    }

    private static TableUpdateResponse Answer(NodeRow node, Step step, WrittenRows written) => step.Rows!.WantsReferences
        ? new TableUpdateResponse
        {
            ConcreteType = TableTypes.AppendResult,
            RowReferenceSet = References(node, step.Rows.Columns, written),
        }
        : new TableUpdateResponse
        {
            ConcreteType = TableTypes.UploadResult,
            RowsProcessed = written.Count,
            Etag = written.Etag,
        };

    public static RowReferenceSet References(NodeRow node, IReadOnlyList<ColumnModel> columns, WrittenRows written) => new()
    {
        TableId = node.IdText,
        Etag = written.Etag,
        Headers =
        [
            .. columns.Select(column => new SelectColumn { Name = column.Name, ColumnType = column.ColumnType, Id = column.Id }),
        ],
        Rows = written.References,
    };

    private void SetSearch(Caller caller, NodeRow node, bool isEnabled)
    {
        var current = world.Versions.Current(node);
        if (TableFields.IsSearchEnabled(current) == isEnabled)
        {
            return;
        }

        world.TableLog.Add(node.Id, TableChange.Search, rows: 1, caller);
        world.Versions.Put(current with { Fields = TableFields.WithSearch(current.Fields, isEnabled) });
    }

    private SchemaChange NewSchema(long tableId, IReadOnlyList<ColumnModel> schema, TableUpdateRequest change)
    {
        var changes = change.Changes ?? throw ServiceException.BadRequest("changes is required.");
        var ids = SchemaChange.NewIds(
            schema.Select(column => column.Id!), changes, change.OrderedColumnIds, EntityIds.Text(tableId));
        return SchemaChange.Of(schema, world.Columns.RequireAll(ids), changes);
    }

    private IReadOnlyList<ColumnModel> Schema(long tableId) =>
        world.Nodes.Get(tableId) is { } node ? world.Columns.Of(world.Versions.Current(node)) : [];

    private static void RequireTable(long tableId, string? named)
    {
        if (TableIds.Parse(named ?? throw ServiceException.BadRequest("TableId is required.")) != new TableKey(tableId, null))
        {
            throw ServiceException.BadRequest($"The tableId {named} is not that of the entity: {EntityIds.Text(tableId)}");
        }
    }

    private static void Release(List<Step> steps) => steps.ForEach(step => step.Stage?.Dispose());

    /// <summary>A change with what was prepared for it.</summary>
    private sealed record Step(TableUpdateRequest Request)
    {
        public SchemaChange? Schema { get; init; }
        public RowStage? Stage { get; init; }
        public RowChange? Rows { get; init; }
    }
}
