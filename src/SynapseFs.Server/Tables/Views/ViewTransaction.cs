using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Csv;
using SynapseFs.Server.Tables.Writing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// Transactions of views: other columns, rows that change annotations, or a snapshot. Source: TableViewUpdateRequestManager.
/// </summary>
internal sealed class ViewTransaction(string kind, SynapseWorld world, LivingViews views, ViewSnapshots snapshots, TimeProvider time)
    : ITransactionKind
{
    /// <summary>More rows than this are written in turns, each a transaction of its own, so that nobody waits long for the world.</summary>
    private const int AtOnce = 200;

    private readonly ViewRowWriter _writer = new(world);

    public string Kind => kind;

    public Func<TableUpdateTransactionResponse> Prepare(JobContext job, long tableId, TableUpdateTransactionRequest request)
    {
        var changes = request.Changes ?? [];
        if (request.CreateSnapshot == true)
        {
            return changes.Count == 0
                ? PrepareSnapshot(job, tableId, request.SnapshotOptions)
                : throw ServiceException.BadRequest("When creating a view snapshot no changes can be included in the request.");
        }

        var steps = Read(job.Caller, tableId, changes);
        if (steps.Sum(step => step.Rows.Count) <= AtOnce)
        {
            return () => new TableUpdateTransactionResponse { Results = [.. steps.Select(step => Write(job.Caller, tableId, step))] };
        }

        var results = steps.Select(step => WriteInTurns(job, tableId, step)).ToList();
        return () => new TableUpdateTransactionResponse { Results = results };
    }

    // Everything is read, against the columns that will hold at its turn, before anything is written.
    private List<Step> Read(Caller caller, long tableId, IReadOnlyList<TableUpdateRequest> changes)
    {
        var columns = world.Transact(() => Columns(tableId));
        var steps = new List<Step>();
        foreach (var change in changes)
        {
            var step = change.ConcreteType switch
            {
                TableTypes.SchemaChangeRequest => new Step(NewColumns(tableId, columns, change), [], IsSchema: true),
                TableTypes.UploadRequest => new Step(columns, ReadCsv(caller, change, columns), IsSchema: false),
                TableTypes.AppendRequest => new Step(columns, ReadRows(tableId, change, columns), IsSchema: false),
                _ => throw ServiceException.BadRequest($"Unsupported TableUpdateRequest: {change.ConcreteType}"),
            };
            steps.Add(step);
            columns = step.Columns;
        }

        return steps;
    }

    private IReadOnlyList<ColumnModel> NewColumns(long tableId, IReadOnlyList<ColumnModel> columns, TableUpdateRequest change)
    {
        var asked = change.Changes ?? throw ServiceException.BadRequest("changes is required.");
        var ids = SchemaChange.NewIds(columns.Select(column => column.Id!), asked, change.OrderedColumnIds, EntityIds.Text(tableId));
        var after = world.Transact(() => world.Columns.RequireAll(ids));
        // Of any type: the values are read again.
        ColumnRules.CheckSchema(after);
        return after;
    }

    private List<SparseRow> ReadCsv(Caller caller, TableUpdateRequest change, IReadOnlyList<ColumnModel> columns)
    {
        if (change.ColumnIds is { Count: > 0 })
        {
            throw ServiceException.BadRequest("Unsupported columnIds");
        }

        using var text = world.Tables.Uploaded.Open(caller, change.UploadFileHandleId);
        var reader = new CsvReader(text, CsvFormat.Of(change.CsvTableDescriptor));
        var rows = new CsvRows(reader, columns, CsvFormat.IsFirstLineHeader(change.CsvTableDescriptor), change.LinesToSkip ?? 0);
        return [.. rows.Read()];
    }

    private static List<SparseRow> ReadRows(long tableId, TableUpdateRequest change, IReadOnlyList<ColumnModel> columns)
    {
        var set = change.ToAppend ?? throw ServiceException.BadRequest("AppendableRowSetRequest.toAppend is required.");
        if (set.TableId is { } named && TableIds.Parse(named) != new TableKey(tableId, null))
        {
            throw ServiceException.BadRequest(
                "The table id in the rowSet must match the entity id in the request "
                + $"(Expected: {EntityIds.Text(tableId)}, Found: {named})");
        }

        return set.ConcreteType switch
        {
            TableTypes.PartialRowSet => [.. RowRules.Partial(set, columns)],
            TableTypes.RowSet => [.. RowRules.Full(set, columns)],
            _ => throw ServiceException.BadRequest($"Unknown AppendableRowSet type: {set.ConcreteType}"),
        };
    }

    private TableUpdateResponse Write(Caller caller, long tableId, Step step)
    {
        var node = world.Access.Require(caller, tableId, AccessTypes.Update).Node;
        var version = world.Versions.Current(node);
        if (step.IsSchema)
        {
            world.Versions.Put(version with
            {
                Fields = FieldReader.With(version.Fields, ColumnModels.IdsField, step.Columns.Select(column => column.Id!)),
            });
            return new TableUpdateResponse { ConcreteType = TableTypes.SchemaChangeResponse, Schema = step.Columns };
        }

        var view = ViewDefinition.Of(kind, version.Fields);
        return Answer([.. step.Rows.Select(row => _writer.Write(caller, view, step.Columns, row))]);
    }

    private TableUpdateResponse WriteInTurns(JobContext job, long tableId, Step step)
    {
        if (step.IsSchema)
        {
            return world.Transact(() => Write(job.Caller, tableId, step));
        }

        var results = new List<EntityUpdateResult>();
        foreach (var turn in step.Rows.Chunk(AtOnce))
        {
            job.CancellationToken.ThrowIfCancellationRequested();
            results.AddRange(world.Transact(() => Write(job.Caller, tableId, step with { Rows = [.. turn] })).UpdateResults!);
        }

        return Answer(results);
    }

    private Func<TableUpdateTransactionResponse> PrepareSnapshot(JobContext job, long tableId, SnapshotRequest? options)
    {
        var content = views.Read(tableId, job.CancellationToken);
        return () =>
        {
            var node = world.Access.Require(job.Caller, tableId, AccessTypes.Update).Node;
            var current = ViewDefinition.Of(kind, world.Versions.Current(node).Fields);
            if (current.IsEmpty)
            {
                throw ServiceException.BadRequest(kind switch
                {
                    ViewDefinition.Dataset =>
                    "You cannot create a version of an empty Dataset. Add files to this Dataset before creating a version.",
                    ViewDefinition.DatasetCollection => "You cannot create a version of an empty Dataset Collection. "
                        + "Add Datasets to this Dataset Collection before creating a version.",
                    _ => "You cannot create a version of a view that has no scope.",
                });
            }

            if (current.Fingerprint() != content.Definition.Fingerprint())
            {
                // Rare: the view was changed since its rows were read.
                content = views.Read(tableId, job.CancellationToken);
            }

            var number = world.Tables.Snapshots.Freeze(job.Caller, node, options);
            snapshots.Put(
                new TableKey(tableId, number), [.. content.Columns.Select(column => column.Id!)], content.Rows,
                time.GetUtcNow().ToUnixTimeMilliseconds());
            return new TableUpdateTransactionResponse { SnapshotVersionNumber = number };
        };
    }

    private IReadOnlyList<ColumnModel> Columns(long tableId) =>
        world.Nodes.Get(tableId) is { } node ? world.Columns.Of(world.Versions.Current(node)) : [];

    private static TableUpdateResponse Answer(IReadOnlyList<EntityUpdateResult> results) =>
        new() { ConcreteType = TableTypes.EntityUpdateResults, UpdateResults = results };

    private sealed record Step(IReadOnlyList<ColumnModel> Columns, IReadOnlyList<SparseRow> Rows, bool IsSchema);
}
