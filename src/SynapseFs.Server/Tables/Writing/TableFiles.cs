using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>The files that cells name. Source: TableServicesImpl.getFileHandles, TableEntityManagerImpl.getCellValues.</summary>
internal sealed class TableFiles(Access access, Versions versions, ColumnModels columns, TableRows rows, FileHandles fileHandles)
{
    /// <summary>Whether a handle is in the table, or was once, and the caller may download the table.</summary>
    public bool MayDownload(Caller caller, FileHandleRow handle, string objectId) =>
        TableIds.Parse(objectId) is var key
        && rows.HasFile(key.Id, handle.Id)
        && access.Find(caller, key.Id) is { Lineage.IsInTrash: false } standing
        && standing.May(AccessTypes.Download);

    /// <summary>The handles of many cells; a row that is not there is left out.</summary>
    public TableFileHandleResults Find(Caller caller, long tableId, RowReferenceSet asked)
    {
        var standing = RequireTable(caller, tableId);
        var headers = asked.Headers ?? throw ServiceException.BadRequest("fileHandlesToFind.headers is required.");
        var schema = columns.Of(versions.Current(standing.Node));
        foreach (var header in headers)
        {
            var column = schema.FirstOrDefault(column => header?.Id is { } id && column.Id == id)
                ?? throw ServiceException.BadRequest($"column header {header?.Id} is not a known column for this table");
            RequireFiles(column);
        }

        var found = (asked.Rows ?? [])
            .Select(row => row?.RowId is { } id ? rows.Cells(tableId, id) : null)
            .OfType<Dictionary<string, string>>()
            .Select(cells => new TableFileHandleRow { List = [.. headers.Select(header => Handle(cells, header.Id!)?.Document)] });
        return new TableFileHandleResults { TableId = standing.Node.IdText, Headers = headers, Rows = [.. found] };
    }

    /// <summary>The handle of one cell, as it is now: the row's version is not looked up.</summary>
    public FileHandleRow Require(Caller caller, long tableId, string columnId, long rowId)
    {
        RequireFiles(columns.Require(columnId));
        RequireTable(caller, tableId);
        var cells = rows.Cells(tableId, rowId) ?? throw ServiceException.NotFound($"Row ID: {rowId}");
        return Handle(cells, columnId) ?? throw ServiceException.NotFound($"Row: {rowId}");
    }

    private FileHandleRow? Handle(Dictionary<string, string> cells, string columnId) =>
        cells.TryGetValue(columnId, out var text) ? fileHandles.Get(EntityIds.ParseNumber(text, "fileHandleId")) : null;

    private Standing RequireTable(Caller caller, long tableId)
    {
        var standing = access.Require(caller, tableId, AccessTypes.Read).Require(AccessTypes.Download);
        return standing.Node.Kind.ShortName == "table"
            ? standing
            : throw ServiceException.Forbidden("Can only be called for TableEntities");
    }

    private static void RequireFiles(ColumnModel column)
    {
        if (column.ColumnType != ColumnTypes.FileHandleId)
        {
            throw ServiceException.BadRequest($"Column {column.Id} is not of type FILEHANDLEID");
        }
    }
}
