using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Rules.Schemas;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Schemas;

/// <summary>Registers schemas and gives them out. Source: JsonSchemaManagerImpl, JsonSchemaDaoImpl.</summary>
internal sealed class SchemaRegistry(
    SchemaTable table, Organizations organizations, ValidationSchemas validation, ChangeLog changes, TimeProvider time)
{
    public const string ObjectType = "JSON_SCHEMA";
    private const int MaxName = 250;

    public CreateSchemaResponse Create(Caller caller, CreateSchemaRequest request)
    {
        var schema = SchemaText.Read(request.Schema ?? throw ServiceException.BadRequest("request.schema is required."));
        var name = SchemaId.Parse((string?)schema["$id"] ?? throw ServiceException.BadRequest("schema.$id is required."));
        RequireVersionedReferences(name, schema);
        var organization = organizations.Require(name.Organization);
        var organizationId = EntityIds.ParseNumber(organization.Id, "organizationId");
        organizations.Require(caller, organizationId, AccessTypes.Create);
        var dependencies = References(schema).Select(reference => (Named: SchemaId.Parse(reference), Row: Require(reference))).ToList();
        NameRule.CheckLength(name.Schema, MaxName, "Schema name");
        NameRule.CheckLength(name.Version, MaxName, "Semantic version");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var schemaId = table.EnsureSchema(organizationId, name.Schema, now, caller.Id);
        if (name.Version is { } semantic && table.HasVersion(schemaId, semantic))
        {
            throw ServiceException.BadRequest($"Semantic version: '{semantic}' already exists for this JSON schema");
        }

        var json = schema.ToJsonString();
        var versionId = table.Add(schemaId, name.Version, json, Hash(json), now, caller.Id);
        foreach (var (named, row) in dependencies)
        {
            table.AddDependency(versionId, row.SchemaId, named.Version is null ? null : row.Id);
        }

        validation.Forget();
        var response = new CreateSchemaResponse
        {
            ConcreteType = "org.sagebionetworks.repo.model.schema.CreateSchemaResponse",
            NewVersionInfo = SchemaTable.Shape(table.Get(versionId)!),
            ValidationSchema = validation.Build(name.Text),
        };
        if (request.DryRun == true)
        {
            DeleteVersion(versionId, schemaId);
        }
        else
        {
            changes.Add(ObjectType, schemaId, ChangeLog.Update);
        }

        return response;
    }

    public JsonObject Get(string id)
    {
        var schema = JsonNode.Parse(Require(id).Json)!.AsObject();
        schema["$id"] = SchemaId.Parse(id).Absolute;
        return schema;
    }

    public GetValidationSchemaResponse GetValidation(string? id) => new()
    {
        ConcreteType = "org.sagebionetworks.repo.model.schema.GetValidationSchemaResponse",
        ValidationSchema = validation.Build(id ?? throw ServiceException.BadRequest("$id is required.")),
    };

    public SchemaVersionRow Require(string id) => validation.Require(SchemaId.Parse(id));

    public void Delete(Caller caller, string id)
    {
        var name = SchemaId.Parse(id);
        var version = validation.Require(name);
        organizations.Require(caller, version.OrganizationId, AccessTypes.Delete);
        if (name.Version is null)
        {
            DeleteSchema(version.SchemaId);
        }
        else
        {
            RequireUnused("Cannot delete a schema version", version.SchemaId, version.Id);
            DeleteVersion(version.Id, version.SchemaId);
        }
    }

    public JsonSchemaInfoList List(SchemaListRequest request)
    {
        var page = PageToken.Parse(request.NextPageToken);
        var rows = table.List(Required(request.OrganizationName, "organizationName"), page.Fetch, page.Offset);
        return new JsonSchemaInfoList { Page = page.Page(rows), NextPageToken = page.Next(rows.Count) };
    }

    public JsonSchemaVersionInfoList ListVersions(SchemaListRequest request)
    {
        var page = PageToken.Parse(request.NextPageToken);
        var rows = table.ListVersions(
            Required(request.OrganizationName, "organizationName"), Required(request.SchemaName, "schemaName"), page.Fetch, page.Offset);
        return new JsonSchemaVersionInfoList { Page = page.Page(rows), NextPageToken = page.Next(rows.Count) };
    }

    private void DeleteVersion(long versionId, long schemaId)
    {
        table.DeleteVersion(versionId);
        if (table.Latest(schemaId) is null)
        {
            DeleteSchema(schemaId);
        }

        validation.Forget();
        changes.Add(ObjectType, schemaId, ChangeLog.Update);
    }

    private void DeleteSchema(long schemaId)
    {
        RequireUnused("Cannot delete a schema", schemaId, versionId: null);
        table.DeleteSchema(schemaId);
        validation.Forget();
        changes.Add(ObjectType, schemaId, ChangeLog.Delete);
    }

    private void RequireUnused(string what, long schemaId, long? versionId)
    {
        if (table.IsReferenced(schemaId, versionId))
        {
            throw ServiceException.BadRequest($"{what} that is referenced by another schema");
        }

        if (table.IsBound(schemaId, versionId))
        {
            throw ServiceException.BadRequest($"{what} that is bound to an object");
        }
    }

    // A version with a number never changes, so what it refers to must not either.
    private static void RequireVersionedReferences(SchemaId name, JsonObject schema)
    {
        if (name.Version is not null && References(schema).FirstOrDefault(text => SchemaId.Parse(text).Version is null) is { } moving)
        {
            throw ServiceException.BadRequest(
                "The schema $id includes a semantic version, therefore all sub-schema references ($ref) must also include a semantic "
                + $"version.  The following $ref does not include a semantic version: '{moving}'");
        }
    }

    private static IReadOnlyList<string> References(JsonObject schema) =>
    [
        .. SchemaText.All(schema).Select(SchemaText.Ref).OfType<string>()
            .Where(text => !text.StartsWith('#')).Distinct(),
    ];

    private static string Required(string? text, string name) => text ?? throw ServiceException.BadRequest($"{name} is required.");

    private static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
