using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.Tables.Writing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables;

/// <summary>Table entities: wires what reads and writes them to the world, and carries out the calls that are no transactions.</summary>
internal sealed class TableStore
{
    private readonly SynapseWorld _world;
    private readonly RowWriter _writer;

    public TableStore(SynapseWorld world, string stageDirectory)
    {
        _world = world;
        var rows = new TableRows(world.Database);
        var schemas = new SchemaWriter(world.TableLog, rows);
        var definition = new TableDefinition(world.Nodes, world.Versions, world.Columns, world.TableLog, schemas);
        _writer = new RowWriter(world.TableLog, rows, world.FileHandles);
        Snapshots = new Snapshots(world, world.TableLog, rows);
        Uploaded = new Uploaded(world, stageDirectory);
        Files = new TableFiles(world.Access, world.Versions, world.Columns, rows, world.FileHandles);
        Transactions = new TableTransactions(world);
        Transactions.Add(new TableTransaction(world, _writer, schemas, Snapshots, Uploaded));
        world.FieldRules.Add("table", definition.Apply);
        world.Downloads.Associate("TableEntity", Files.MayDownload);
    }

    public TableTransactions Transactions { get; }
    public Snapshots Snapshots { get; }
    public Uploaded Uploaded { get; }
    public TableFiles Files { get; }

    /// <summary>POST /entity/{id}/table/snapshot: of tables only.</summary>
    public SnapshotResponse Snapshot(Caller caller, TableKey key, SnapshotRequest request)
    {
        var standing = _world.Access.Examine(caller, key.Id);
        return standing.Node.Kind switch
        {
            { ShortName: "table" } => new SnapshotResponse { SnapshotVersionNumber = Snapshots.OfTable(caller, standing, request) },
            { IsTable: true } => throw ServiceException.BadRequest(
                "EntityView snapshots can only be created via an asynchronous table transaction job."),
            _ => throw ServiceException.BadRequest($"{key} is not a table or view"),
        };
    }

    /// <summary>POST /entity/{id}/table/deleteRows.</summary>
    public RowReferenceSet DeleteRows(Caller caller, long id, RowSelection selection)
    {
        var standing = _world.Access.Require(caller, id, AccessTypes.Update);
        if (standing.Node.Kind.ShortName != "table")
        {
            throw ServiceException.BadRequest($"{EntityIds.Text(id)} is not a table");
        }

        if (selection.RowIds is not { Count: > 0 } ids)
        {
            throw ServiceException.BadRequest("SparseChangeSet must contain at least one row.");
        }

        var columns = _world.Columns.Of(_world.Versions.Current(standing.Node));
        var written = _writer.Write(caller, id, new RowChange(columns, ids.Select(row => new SparseRow(row, null, [])))
        {
            Etag = selection.Etag,
            WantsReferences = true,
        });
        _world.Stamp.Touch(standing.Node, caller);
        return TableTransaction.References(standing.Node, columns, written);
    }
}
