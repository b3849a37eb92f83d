using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Storage;

/// <summary>What projects and folders say of where their files go. Source: ProjectSettingsManagerImpl.</summary>
internal sealed class ProjectSettings(
    Database database, StorageLocations locations, Users users, Nodes nodes, Access access)
{
    private const long FirstId = 501;
    private const int MaxLocations = 10;
    private const string UploadSettings = "upload";
    private const string Columns = "s.id, s.node_id, s.etag, s.locations";

    public ProjectSetting? Find(long nodeId) =>
        database.First($"SELECT {Columns} FROM project_settings s WHERE s.node_id = @0", Map, nodeId);

    /// <summary>The setting of the node or of the nearest above it; null: Synapse's own storage.</summary>
    public ProjectSetting? Effective(long nodeId) => database.First(
        "WITH RECURSIVE up (id, parent_id, depth) AS (SELECT id, parent_id, 0 FROM nodes WHERE id = @0 "
        + "UNION ALL SELECT n.id, n.parent_id, depth + 1 FROM nodes n JOIN up ON n.id = up.parent_id) "
        + $"SELECT {Columns} FROM up JOIN project_settings s ON s.node_id = up.id ORDER BY up.depth LIMIT 1",
        Map, nodeId);

    public ProjectSetting Get(Caller caller, long id)
    {
        var setting = Require(id);
        return May(caller, setting, AccessTypes.Read)
            ? setting
            : throw ServiceException.Forbidden("The current user does not have READ access on the project this setting applies to.");
    }

    /// <summary>The node's own setting; inheritance is not followed.</summary>
    public ProjectSetting? GetOf(Caller caller, long nodeId, string type)
    {
        RequireType(type);
        return access.Examine(caller, nodeId).May(AccessTypes.Read)
            ? Find(nodeId)
            : throw ServiceException.Forbidden($"The current user does not have READ access on the project {EntityIds.Text(nodeId)}.");
    }

    public ProjectSetting Create(Caller caller, ProjectSetting body)
    {
        var nodeId = NodeOf(body);
        var standing = access.Require(caller, nodeId, AccessTypes.Read);
        if (standing.Node.Kind.ShortName is not ("project" or "folder"))
        {
            throw ServiceException.BadRequest("The id is not the id of a project or folder entity");
        }

        if (!standing.May(AccessTypes.Create))
        {
            throw ServiceException.Forbidden("Cannot create settings for this project");
        }

        if (IsSts(Effective(nodeId)))
        {
            throw ServiceException.BadRequest("Can't override project settings in an STS-enabled folder path");
        }

        var wanted = Check(caller, body, standing.Node);
        if (IsSts(wanted) && !IsEmpty(nodeId))
        {
            throw ServiceException.BadRequest("Can't enable STS in a non-empty folder");
        }

        if (Find(nodeId) is not null)
        {
            throw ServiceException.BadRequest(
                $"A project setting of type '{UploadSettings}' for project {EntityIds.Text(nodeId)} already exists.");
        }

        var id = database.Next("project setting", FirstId);
        database.Execute(
            "INSERT INTO project_settings (id, node_id, etag, locations) VALUES (@0, @1, @2, @3)",
            id, nodeId, Stamp.NewEtag(), Json(wanted));
        return Require(id);
    }

    public void Update(Caller caller, ProjectSetting body)
    {
        var id = EntityIds.ParseNumber(body.Id ?? throw ServiceException.BadRequest("The id is required."), "id");
        var nodeId = NodeOf(body);
        var standing = access.Examine(caller, nodeId);
        if (!standing.May(AccessTypes.Update))
        {
            throw ServiceException.Forbidden("Cannot update settings on this project");
        }

        var wanted = Check(caller, body, standing.Node);
        var known = Require(id);
        if (!IsEmpty(nodeId) && (IsSts(wanted) || IsSts(known)))
        {
            throw ServiceException.BadRequest(
                IsSts(wanted) ? "Can't enable STS in a non-empty folder" : "Can't disable STS in a non-empty folder");
        }

        if (EntityIds.Parse(known.ProjectId) != nodeId)
        {
            throw ServiceException.BadRequest(
                "You cannot change the project id with the update project settings call. Create a new project settings instead");
        }

        if (known.Etag != body.Etag)
        {
            throw ServiceException.Stale(
                "Project setting was updated since you last fetched it, retrieve it again and reapply the update.");
        }

        database.Execute("UPDATE project_settings SET etag = @1, locations = @2 WHERE id = @0", id, Stamp.NewEtag(), Json(wanted));
    }

    public void Delete(Caller caller, long id)
    {
        var setting = Require(id);
        if (!May(caller, setting, AccessTypes.Delete))
        {
            throw ServiceException.Forbidden("Cannot delete settings from this project");
        }

        if (IsSts(setting) && !IsEmpty(EntityIds.Parse(setting.ProjectId)))
        {
            throw ServiceException.BadRequest("Can't disable STS in a non-empty folder");
        }

        database.Execute("DELETE FROM project_settings WHERE id = @0", id);
    }

    /// <summary>Whether the setting's only location hands out keys of its bucket.</summary>
    public bool IsSts(ProjectSetting? setting) =>
        setting?.Locations is [var first, ..] && StorageLocationRules.IsSts(locations.Find(first));

    private ProjectSetting Require(long id) =>
        database.First($"SELECT {Columns} FROM project_settings s WHERE s.id = @0", Map, id)
        ?? throw ServiceException.NotFound($"The project setting with id {id} does not exist.");

    private bool May(Caller caller, ProjectSetting setting, string right) =>
        access.Find(caller, EntityIds.Parse(setting.ProjectId)) is { } standing && standing.May(right);

    private ProjectSetting Check(Caller caller, ProjectSetting body, NodeRow node)
    {
        if (body.ConcreteType is not (null or SynapseTypes.UploadDestinationListSetting))
        {
            throw ServiceException.BadRequest($"Cannot handle project setting of type {body.ConcreteType}");
        }

        var ids = body.Locations ?? throw ServiceException.BadRequest("settings.locations is required.");
        if (ids.Count == 0)
        {
            throw ServiceException.BadRequest("settings.locations must at least have one entry");
        }

        if (ids.Count > MaxLocations)
        {
            throw ServiceException.BadRequest($"The maximum number of settings.locations is limited to {MaxLocations}");
        }

        foreach (var id in ids)
        {
            CheckLocation(caller, id, ids.Count, node);
        }

        return body;
    }

    private void CheckLocation(Caller caller, long id, int count, NodeRow node)
    {
        var setting = locations.Find(id)
            ?? throw ServiceException.BadRequest($"uploadId {id} is not a valid upload destination location");
        if (setting.ConcreteType == SynapseTypes.ExternalS3StorageLocationSetting && setting.CreatedBy != caller.Id)
        {
            throw ServiceException.Forbidden(
                $"Only the owner of the external S3 upload destination (user {users.Get(setting.CreatedBy ?? 0)?.Name}) can add this "
                + "upload destination to a project. Either ask that user to perform this operation or follow the steps to create a new "
                + "external s3 upload destination");
        }

        if (!StorageLocationRules.IsSts(setting))
        {
            return;
        }

        if (node.Kind != EntityKind.Folder)
        {
            throw ServiceException.BadRequest("Can only enable STS on a folder");
        }

        if (count != 1)
        {
            throw ServiceException.BadRequest("An STS-enabled folder cannot add other upload destinations");
        }
    }

    // What lies in the trash came from here and may come back.
    private bool IsEmpty(long nodeId) =>
        !nodes.HasChildren(nodeId)
        && database.Number("SELECT EXISTS (SELECT 1 FROM trash WHERE parent_id = @0 AND is_purging = 0)", nodeId) == 0;

    private static long NodeOf(ProjectSetting body)
    {
        RequireType(body.SettingsType ?? UploadSettings);
        return EntityIds.Parse(body.ProjectId ?? throw ServiceException.BadRequest("The project id is required."));
    }

    private static void RequireType(string type)
    {
        if (type != UploadSettings)
        {
            throw ServiceException.BadRequest($"Unknown project settings type: {type}");
        }
    }

    private static string Json(ProjectSetting setting) => JsonSerializer.Serialize(setting.Locations!, StorageJson.Default.Numbers);

    private static ProjectSetting Map(SqliteDataReader row) => new()
    {
        ConcreteType = SynapseTypes.UploadDestinationListSetting,
        Id = EntityShape.Text(row.GetInt64(0)),
        ProjectId = EntityIds.Text(row.GetInt64(1)),
        SettingsType = UploadSettings,
        Etag = row.GetString(2),
        Locations = JsonSerializer.Deserialize(row.GetString(3), StorageJson.Default.Numbers)!,
    };
}
