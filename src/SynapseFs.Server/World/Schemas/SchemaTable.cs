using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Schemas;

/// <summary>Rows of schemas, their versions and what depends on them.</summary>
internal sealed class SchemaTable(Database database)
{
    private const long FirstId = 81;
    private const string Version =
        "SELECT v.id, v.schema_id, o.id, o.name, s.name, v.semantic, v.json, v.sha256, v.created_on, v.created_by "
        + "FROM json_schema_versions v JOIN json_schemas s ON s.id = v.schema_id JOIN organizations o ON o.id = s.organization_id ";

    public SchemaVersionRow? Get(long versionId) => database.First(Version + "WHERE v.id = @0", MapVersion, versionId);

    public SchemaVersionRow? Latest(long schemaId) => database.First(
        Version + "WHERE v.schema_id = @0 ORDER BY v.id DESC LIMIT 1", MapVersion, schemaId);

    /// <summary>The version of that name; without a number the latest, whatever its own.</summary>
    public SchemaVersionRow? Find(Rules.Schemas.SchemaId name) => database.First(
        Version + "WHERE o.name = @0 AND s.name = @1 AND (@2 IS NULL OR v.semantic = @2) ORDER BY v.id DESC LIMIT 1",
        MapVersion, name.Organization, name.Schema, name.Version);

    public long? FindSchema(string organization, string schema) => database.Number(
        "SELECT s.id FROM json_schemas s JOIN organizations o ON o.id = s.organization_id WHERE o.name = @0 AND s.name = @1",
        organization, schema);

    public long EnsureSchema(long organizationId, string name, long now, long userId)
    {
        if (database.Number("SELECT id FROM json_schemas WHERE organization_id = @0 AND name = @1", organizationId, name) is { } known)
        {
            return known;
        }

        var id = database.Next("json schema", FirstId);
        database.Execute(
            "INSERT INTO json_schemas (id, organization_id, name, created_on, created_by) VALUES (@0, @1, @2, @3, @4)",
            id, organizationId, name, now, userId);
        return id;
    }

    public bool HasVersion(long schemaId, string semantic) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM json_schema_versions WHERE schema_id = @0 AND semantic = @1)", schemaId, semantic) == 1;

    public long Add(long schemaId, string? semantic, string json, string sha256, long now, long userId)
    {
        var id = database.Next("json schema version", FirstId);
        database.Execute(
            "INSERT INTO json_schema_versions (id, schema_id, semantic, json, sha256, created_on, created_by) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6)",
            id, schemaId, semantic, json, sha256, now, userId);
        return id;
    }

    public void AddDependency(long versionId, long schemaId, long? onVersionId) => database.Execute(
        "INSERT INTO json_schema_dependencies (version_id, schema_id, on_version_id) VALUES (@0, @1, @2)",
        versionId, schemaId, onVersionId);

    public void DeleteVersion(long id) => database.Execute("DELETE FROM json_schema_versions WHERE id = @0", id);

    public void DeleteSchema(long id)
    {
        database.Execute("DELETE FROM json_schema_versions WHERE schema_id = @0", id);
        database.Execute("DELETE FROM json_schemas WHERE id = @0", id);
    }

    /// <summary>Whether a version refers to the schema; with a version given, whether one refers to just that.</summary>
    public bool IsReferenced(long schemaId, long? versionId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM json_schema_dependencies d JOIN json_schema_versions v ON v.id = d.version_id "
        + "WHERE d.schema_id = @0 AND (@1 IS NULL OR d.on_version_id = @1) AND v.schema_id <> @0)",
        schemaId, versionId) == 1;

    public bool IsBound(long schemaId, long? versionId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM json_schema_bindings WHERE schema_id = @0 AND (@1 IS NULL OR version_id = @1))",
        schemaId, versionId) == 1;

    /// <summary>The schema and all whose versions refer to it, over whatever way.</summary>
    public IReadOnlyList<long> Dependants(long schemaId) => database.Query(
        "WITH RECURSIVE up (id) AS (SELECT @0 UNION SELECT v.schema_id FROM json_schema_dependencies d "
        + "JOIN json_schema_versions v ON v.id = d.version_id JOIN up ON d.schema_id = up.id) SELECT id FROM up",
        row => row.GetInt64(0), schemaId);

    public IReadOnlyList<JsonSchemaInfo> List(string organization, long limit, long offset) => database.Query(
        "SELECT o.id, o.name, s.id, s.name, s.created_on, s.created_by FROM json_schemas s "
        + "JOIN organizations o ON o.id = s.organization_id WHERE o.name = @0 ORDER BY s.id LIMIT @1 OFFSET @2",
        row => new JsonSchemaInfo
        {
            OrganizationId = EntityShape.Text(row.GetInt64(0)),
            OrganizationName = row.GetString(1),
            SchemaId = EntityShape.Text(row.GetInt64(2)),
            SchemaName = row.GetString(3),
            CreatedOn = EntityShape.Date(row.GetInt64(4)),
            CreatedBy = EntityShape.Text(row.GetInt64(5)),
        },
        organization, limit, offset);

    public IReadOnlyList<JsonSchemaVersionInfo> ListVersions(string organization, string schema, long limit, long offset) => database.Query(
        Version + "WHERE o.name = @0 AND s.name = @1 ORDER BY v.id LIMIT @2 OFFSET @3", row => Shape(MapVersion(row)),
        organization, schema, limit, offset);

    public static JsonSchemaVersionInfo Shape(SchemaVersionRow row) => new()
    {
        OrganizationId = EntityShape.Text(row.OrganizationId),
        OrganizationName = row.Organization,
        SchemaId = EntityShape.Text(row.SchemaId),
        SchemaName = row.Schema,
        VersionId = EntityShape.Text(row.Id),
        Id = row.Name.Text,
        SemanticVersion = row.Semantic,
        JsonSha256Hex = row.Sha256,
        CreatedOn = EntityShape.Date(row.CreatedOn),
        CreatedBy = EntityShape.Text(row.CreatedBy),
    };

    private static SchemaVersionRow MapVersion(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        SchemaId = row.GetInt64(1),
        OrganizationId = row.GetInt64(2),
        Organization = row.GetString(3),
        Schema = row.GetString(4),
        Semantic = row.IsDBNull(5) ? null : row.GetString(5),
        Json = row.GetString(6),
        Sha256 = row.GetString(7),
        CreatedOn = row.GetInt64(8),
        CreatedBy = row.GetInt64(9),
    };
}
