using System.Text.Json;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>What must hold of the query that a materialized view or a virtual table stands for.</summary>
internal static class DefiningRules
{
    public const string MaterializedView = "materializedview";
    public const string VirtualTable = "virtualtable";
    public const string SqlField = "definingSQL";

    public static void AddTo(FieldRules rules)
    {
        rules.Add(MaterializedView, OfMaterializedView);
        rules.Add(VirtualTable, OfVirtualTable);
    }

    private static IReadOnlyDictionary<string, JsonElement> OfMaterializedView(
        Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields)
    {
        RequireSql(fields, "The definingSQL of the materialized view");
        return fields;
    }

    private static IReadOnlyDictionary<string, JsonElement> OfVirtualTable(
        Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields)
    {
        RequireSql(fields, "The definingSQL of the virtual table");
        return fields;
    }

    private static string RequireSql(IReadOnlyDictionary<string, JsonElement> fields, string what)
    {
        var sql = fields.Text(SqlField);
        if (string.IsNullOrEmpty(sql))
        {
            throw ServiceException.BadRequest($"{what} is required and must not be the empty string.");
        }

        return string.IsNullOrWhiteSpace(sql)
            ? throw ServiceException.BadRequest($"{what} is required and must not be a blank string.")
            : sql;
    }
}
