using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Rules.Schemas;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Schemas;

/// <summary>Which schema holds for which entity: the one that is bound nearest above. Source: EntityManagerImpl.</summary>
internal sealed class SchemaBindings(
    Database database, SchemaTable table, ValidationSchemas schemas, Access access, ChangeLog changes, TimeProvider time)
{
    public const string ObjectType = "SCHEMA_BINDING";

    public JsonSchemaObjectBinding Bind(Caller caller, long id, BindSchemaRequest request)
    {
        var named = request.SchemaId ?? throw ServiceException.BadRequest("request.schema$id is required.");
        access.Require(caller, id, AccessTypes.Update);
        var name = SchemaId.Parse(named);
        var schemaId = table.FindSchema(name.Organization, name.Schema) ?? throw ServiceException.NotFound(
            $"JSON schema not found for organization name '{name.Organization}' and schema name: '{name.Schema}'");
        long? versionId = name.Version is null ? null : schemas.Require(name).Id;
        database.Execute(
            "INSERT OR REPLACE INTO json_schema_bindings (node_id, schema_id, version_id, is_derived, created_on, created_by) "
            + "VALUES (@0, @1, @2, @3, @4, @5)",
            id, schemaId, versionId, request.EnableDerivedAnnotations == true, time.GetUtcNow().ToUnixTimeMilliseconds(), caller.Id);
        changes.Add(ObjectType, id, ChangeLog.Update);
        return Shape(Find(id)!);
    }

    /// <param name="text">The id as the caller wrote it: the refusal repeats it.</param>
    public JsonSchemaObjectBinding Get(Caller caller, long id, string text)
    {
        access.Require(caller, id, AccessTypes.Read);
        return Find(id) is { } binding ? Shape(binding) : throw ServiceException.NotFound($"No JSON schema found for '{text}'");
    }

    public void Unbind(Caller caller, long id)
    {
        access.Require(caller, id, AccessTypes.Delete);
        database.Execute("DELETE FROM json_schema_bindings WHERE node_id = @0", id);
        changes.Add(ObjectType, id, ChangeLog.Delete);
    }

    /// <summary>The binding that holds for the entity, its own or that of the nearest ancestor.</summary>
    public SchemaBindingRow? Find(long id) => database.First(
        "WITH RECURSIVE up (id, parent_id, depth) AS (SELECT id, parent_id, 0 FROM nodes WHERE id = @0 UNION ALL "
        + "SELECT n.id, n.parent_id, depth + 1 FROM nodes n JOIN up ON n.id = up.parent_id) "
        + "SELECT b.node_id, b.schema_id, b.version_id, b.is_derived, b.created_on, b.created_by "
        + "FROM up JOIN json_schema_bindings b ON b.node_id = up.id ORDER BY depth LIMIT 1",
        Map, id);

    public bool HasAny => database.Number("SELECT EXISTS (SELECT 1 FROM json_schema_bindings)") == 1;

    /// <summary>The entities to which one of the schemas is bound.</summary>
    public IReadOnlyList<long> BoundTo(IReadOnlyList<long> schemaIds) => database.Query(
        "SELECT node_id FROM json_schema_bindings WHERE schema_id IN (SELECT value FROM json_each(@0))",
        row => row.GetInt64(0), $"[{string.Join(',', schemaIds)}]");

    /// <summary>The version that a binding means now.</summary>
    public SchemaVersionRow? VersionOf(SchemaBindingRow binding) =>
        binding.VersionId is { } version ? table.Get(version) : table.Latest(binding.SchemaId);

    private JsonSchemaObjectBinding Shape(SchemaBindingRow row) => new()
    {
        JsonSchemaVersionInfo = VersionOf(row) is { } version ? SchemaTable.Shape(version) : null,
        ObjectId = row.NodeId,
        ObjectType = "entity",
        CreatedOn = EntityShape.Date(row.CreatedOn),
        CreatedBy = EntityShape.Text(row.CreatedBy),
        EnableDerivedAnnotations = row.IsDerived,
    };

    private static SchemaBindingRow Map(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetBoolean(3), row.GetInt64(4), row.GetInt64(5));
}
