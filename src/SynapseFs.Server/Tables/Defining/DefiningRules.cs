using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Defining;

/// <summary>
/// What must hold of the query that a materialized view or a virtual table stands for; the columns follow from it. Source:
/// MaterializedViewManagerImpl, VirtualTableManagerImpl and their index descriptions.
/// </summary>
internal sealed class DefiningRules(SynapseWorld world, TimeProvider time)
{
    public const string MaterializedView = "materializedview";
    public const string VirtualTable = "virtualtable";
    public const string SqlField = "definingSQL";

    private const int MaxSql = 10_000;
    private const long NoEntity = 0;

    public void AddTo(FieldRules rules)
    {
        rules.Add(MaterializedView, (_, id, fields) => WithColumns(fields, OfMaterializedView(id, fields.Text(SqlField))));
        rules.Add(VirtualTable, (_, id, fields) => WithColumns(fields, OfVirtualTable(id, fields.Text(SqlField))));
    }

    /// <summary>Whether a query could stand behind an entity of this type.</summary>
    public ValidateDefiningSqlResponse Validate(ValidateDefiningSqlRequest request)
    {
        try
        {
            _ = request.EntityType switch
            {
                MaterializedView => OfMaterializedView(id: NoEntity, request.DefiningSql),
                VirtualTable => OfVirtualTable(id: NoEntity, request.DefiningSql),
                null => throw new ServiceException(ServiceError.Conflict, "entityType is required."),
                var other => throw new ServiceException(ServiceError.Conflict, $"Unsupported type: {other}"),
            };
            return new ValidateDefiningSqlResponse { IsValid = true };
        }
        catch (ServiceException refused) when (refused.Error == ServiceError.Conflict)
        {
            throw ServiceException.BadRequest(refused.Message);
        }
        catch (ServiceException invalid) when (invalid.Error == ServiceError.BadRequest)
        {
            return new ValidateDefiningSqlResponse { IsValid = false, InvalidReason = invalid.Message };
        }
    }

    private IReadOnlyList<ColumnModel> OfMaterializedView(long id, string? sql)
    {
        var required = RequireSql(sql, "The definingSQL of the materialized view");
        if (DefiningQuery.LeadsTo(world, required, id))
        {
            throw ServiceException.BadRequest("Defining SQL cannot reference itself");
        }

        return DefiningQuery.Columns(world, new SchemaSources(world, time).Translate(required, isBuild: true));
    }

    private IReadOnlyList<ColumnModel> OfVirtualTable(long id, string? sql)
    {
        var required = RequireSql(sql, "The definingSQL of the virtual table");
        // First as any defining query: clients know the complaint of that. Then as one select: no UNION.
        _ = SynapseSql.Parse(required);
        _ = SynapseSql.ParseQuery(required);
        var named = DefiningQuery.Named(required);
        if (named.Count != 1)
        {
            throw ServiceException.BadRequest(Translator.NoJoin);
        }

        if (DefiningQuery.LeadsTo(world, required, id))
        {
            throw ServiceException.BadRequest("Defining SQL cannot reference itself");
        }

        return DefiningQuery.Columns(world, new SchemaSources(world, time).Translate(required, isBuild: false));
    }

    private static Dictionary<string, JsonElement> WithColumns(
        IReadOnlyDictionary<string, JsonElement> fields, IReadOnlyList<ColumnModel> columns) =>
        FieldReader.With(fields, ColumnModels.IdsField, columns.Select(column => column.Id!));

    private static string RequireSql(string? sql, string what)
    {
        if (string.IsNullOrEmpty(sql))
        {
            throw ServiceException.BadRequest($"{what} is required and must not be the empty string.");
        }

        if (string.IsNullOrWhiteSpace(sql))
        {
            throw ServiceException.BadRequest($"{what} is required and must not be a blank string.");
        }

        return NameRule.CheckLength(sql, MaxSql, "definingSQL")!;
    }
}
