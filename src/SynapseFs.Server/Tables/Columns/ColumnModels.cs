using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>All column models of all tables: global, immutable, each normal form once.</summary>
internal sealed class ColumnModels(Database database)
{
    private const long MaxPage = 100;
    private const long FirstId = 1001;

    /// <summary>The field of table-like entities that names their columns.</summary>
    public const string IdsField = "columnIds";

    public IReadOnlyList<ColumnModel> Create(Caller caller, IReadOnlyList<ColumnModel> models)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("You must login to create a ColumnModel");
        }

        var normal = models.Select(model => ColumnRules.Normalize(model ?? throw ServiceException.BadRequest("ColumnModel is required.")));
        return [.. normal.ToList().Select(Ensure)];
    }

    /// <summary>The model of this normal form, made when there is none yet; for columns that the service itself proposes.</summary>
    public ColumnModel Ensure(ColumnModel normal)
    {
        var hash = ColumnRules.Hash(normal);
        var known = database.First("SELECT id, document FROM columns WHERE hash = @0", Map, hash);
        if (known is not null)
        {
            return known;
        }

        var id = database.Next("column", FirstId);
        database.Execute(
            "INSERT INTO columns (id, name, hash, document) VALUES (@0, @1, @2, @3)",
            id, normal.Name, hash, JsonSerializer.Serialize(normal, ColumnJson.Default.ColumnModel));
        return normal with { Id = EntityShape.Text(id) };
    }

    public ColumnModel Require(string? id) =>
        database.First("SELECT id, document FROM columns WHERE id = @0", Map, EntityIds.ParseNumber(id, "columnId"))
        ?? throw ServiceException.NotFound($"The column model with ID: {id} does not exist");

    /// <summary>The models in the order of the ids; refuses an unknown one.</summary>
    public IReadOnlyList<ColumnModel> RequireAll(IReadOnlyList<string> ids)
    {
        var found = Of(ids).DistinctBy(column => column.Id).ToDictionary(column => column.Id!, StringComparer.Ordinal);
        return [.. ids.Select(id => found.GetValueOrDefault(id) ?? throw ServiceException.NotFound($"Column does not exist for id: {id}"))];
    }

    /// <summary>The models that a version of a table or view has.</summary>
    public IReadOnlyList<ColumnModel> Of(VersionRow version) => Of(Ids(version.Fields.GetValueOrDefault(IdsField)));

    /// <summary>The models in the order of the ids; unknown ones are left out.</summary>
    public IReadOnlyList<ColumnModel> Of(IReadOnlyList<string> ids) => ids.Count == 0 ? [] : database.Query(
        "SELECT c.id, c.document FROM json_each(@0) e JOIN columns c ON c.id = CAST(e.value AS INTEGER) AND e.value = CAST(c.id AS TEXT) "
        + "ORDER BY e.key",
        Map, IdsJson(ids));

    /// <summary>Models whose name begins so, in any case, by name.</summary>
    public ColumnModelPage List(string? prefix, OffsetPage page)
    {
        if (page.Limit > MaxPage)
        {
            throw ServiceException.BadRequest($"Limit cannot be greater than {MaxPage}");
        }

        var pattern = (prefix ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return new ColumnModelPage
        {
            Results = database.Query(
                "SELECT id, document FROM columns WHERE name LIKE @0 ESCAPE '\\' ORDER BY name COLLATE NOCASE, id LIMIT @1 OFFSET @2",
                Map, pattern, page.Limit, page.Offset),
            TotalNumberOfResults = database.Number("SELECT count(*) FROM columns WHERE name LIKE @0 ESCAPE '\\'", pattern),
        };
    }

    /// <summary>The ids in an entity's field; clients send them as texts or numbers.</summary>
    public static IReadOnlyList<string> Ids(JsonElement field) => field.ValueKind != JsonValueKind.Array
        ? []
        : [.. field.EnumerateArray().Select(id => id.ValueKind switch
        {
            JsonValueKind.String => id.GetString()!,
            JsonValueKind.Number => id.GetRawText(),
            _ => throw ServiceException.BadRequest($"columnIds must be a list of ids, not: {field.GetRawText()}"),
        })];

    public static string IdsJson(IReadOnlyList<string> ids) => $"[{string.Join(',', ids.Select(Quoted))}]";

    public static ColumnModel Map(SqliteDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(1), ColumnJson.Default.ColumnModel)! with
        {
            Id = row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
        };

    private static string Quoted(string id) => JsonSerializer.Serialize(id, WorldJson.Default.String);
}
