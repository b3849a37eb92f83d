using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>
/// What a table entity says of itself when it is made or updated as an entity: the columns are replaced by those named. Source:
/// TableEntityMetadataProvider, TableEntityManagerImpl.tableUpdated.
/// </summary>
internal sealed class TableDefinition(Nodes nodes, Versions versions, ColumnModels columns, TableLog log, SchemaWriter schemas)
{
    public IReadOnlyDictionary<string, JsonElement> Apply(
        Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var current = nodes.Get(id) is { } node ? versions.Current(node) : null;
        var before = current is null ? [] : columns.Of(current);
        var after = columns.RequireAll(ColumnModels.Ids(fields.GetValueOrDefault(ColumnModels.IdsField)));
        schemas.Write(caller, id, SchemaChange.Replacing(before, after));
        var kept = WithColumns(fields, after);
        if (!kept.ContainsKey(TableFields.Search) && current?.Fields.TryGetValue(TableFields.Search, out var stored) == true)
        {
            kept[TableFields.Search] = stored;
        }

        var isSearched = kept.TryGetValue(TableFields.Search, out var search) && search.ValueKind == JsonValueKind.True;
        if (isSearched != TableFields.IsSearchEnabled(current))
        {
            log.Add(id, TableChange.Search, rows: 1, caller);
        }

        return kept;
    }

    /// <summary>The fields with these columns.</summary>
    public static Dictionary<string, JsonElement> WithColumns(
        IReadOnlyDictionary<string, JsonElement> fields, IReadOnlyList<ColumnModel> columns) =>
        new(fields, StringComparer.Ordinal)
        {
            [ColumnModels.IdsField] = JsonElement.Parse(ColumnModels.IdsJson([.. columns.Select(column => column.Id!)])),
        };
}
