using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Rules.Schemas;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Schemas;

/// <summary>Organizations: the name spaces of schemas. Source: JsonSchemaManagerImpl, OrganizationDaoImpl.</summary>
internal sealed class Organizations(Database database, ObjectAcls acls, TimeProvider time)
{
    public const string ObjectType = "ORGANIZATION";
    private const int MinName = 6;
    private const int MaxName = 250;
    private const long FirstId = 71;
    private const string Columns = "id, name, created_on, created_by";

    private static readonly string[] Rights =
    [
        AccessTypes.Read, AccessTypes.Create, AccessTypes.ChangePermissions, AccessTypes.Update, AccessTypes.Delete,
    ];

    public SchemaOrganization Create(Caller caller, string? name)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Must login to perform this action");
        }

        var checkedName = Check(name);
        if (Find(checkedName) is not null)
        {
            throw ServiceException.BadRequest($"An Organization with the name: '{checkedName}' already exists");
        }

        var id = database.Next("organization", FirstId);
        database.Execute(
            "INSERT INTO organizations (id, name, created_on, created_by) VALUES (@0, @1, @2, @3)",
            id, checkedName, time.GetUtcNow().ToUnixTimeMilliseconds(), caller.Id);
        acls.Put(id, [new ResourceAccess { PrincipalId = caller.Id, AccessType = Rights }]);
        return Find(checkedName)!;
    }

    public SchemaOrganization Get(string? name) => Require(Check(name));

    public SchemaOrganization Require(string name) =>
        Find(name) ?? throw ServiceException.NotFound($"Organization with name: '{name}' not found");

    public OrganizationList List(PageToken page)
    {
        var rows = database.Query(
            $"SELECT {Columns} FROM organizations ORDER BY name COLLATE NOCASE LIMIT @0 OFFSET @1", Map, page.Fetch, page.Offset);
        return new OrganizationList { Page = page.Page(rows), NextPageToken = page.Next(rows.Count) };
    }

    public void Delete(Caller caller, long id)
    {
        Require(caller, id, AccessTypes.Delete);
        if (database.Number("SELECT EXISTS (SELECT 1 FROM json_schemas WHERE organization_id = @0)", id) == 1)
        {
            throw ServiceException.BadRequest(
                "All schemas defined under an organization must be deleted before the organization can be deleted.");
        }

        database.Execute("DELETE FROM organizations WHERE id = @0", id);
        acls.Delete(id);
    }

    public AccessControlList Acl(Caller caller, long id)
    {
        Require(caller, id, AccessTypes.Read);
        return acls.Get(id)!;
    }

    public AccessControlList SetAcl(Caller caller, long id, AccessControlList body)
    {
        CheckEntries(caller, body.ResourceAccess ?? []);
        Require(caller, id, AccessTypes.ChangePermissions);
        return acls.Replace(id, body);
    }

    public void Require(Caller caller, long id, string right)
    {
        if (!acls.Grants(id, caller, right))
        {
            throw ServiceException.Forbidden($"You do not have {right} permission for {ObjectType} : {id}");
        }
    }

    private SchemaOrganization? Find(string name) =>
        database.First($"SELECT {Columns} FROM organizations WHERE name = @0", Map, name);

    private static string Check(string? given)
    {
        var name = SchemaId.ParseOrganization(given ?? throw ServiceException.BadRequest("organizationName is required."));
        if (name.Length > MaxName)
        {
            throw ServiceException.BadRequest($"Organization name must be {MaxName} characters or less");
        }

        if (name.Length < MinName)
        {
            throw ServiceException.BadRequest($"Organization name must be at least {MinName} characters");
        }

        return name.Contains("sagebionetwork", StringComparison.OrdinalIgnoreCase)
            ? throw ServiceException.BadRequest(
                "The name 'sagebionetworks' is reserved, and cannot be included in an Organziation's name")
            : name;
    }

    // Source: PermissionsManagerUtils.validateACLContent.
    private static void CheckEntries(Caller caller, IReadOnlyList<ResourceAccess> entries)
    {
        foreach (var entry in entries)
        {
            AclRules.CheckEntry(entry, type => $"Unknown access type: {type}");
        }

        AclRules.RequireControl(caller, entries, owner: null);
    }

    private static SchemaOrganization Map(SqliteDataReader row) => new()
    {
        Id = EntityShape.Text(row.GetInt64(0)),
        Name = row.GetString(1),
        CreatedOn = EntityShape.Date(row.GetInt64(2)),
        CreatedBy = EntityShape.Text(row.GetInt64(3)),
    };
}
