using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Provenance;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Tree;

/// <summary>What must hold before an entity is written. Source: AllTypesValidatorImpl, EntityManagerImpl.</summary>
internal sealed class EntityChecks(Nodes nodes, FileHandles fileHandles, StorageRules storage, Activities activities, FieldRules rules)
{
    private const int MaxDepth = 50;
    private const int MaxChildren = 10_000;

    public static EntityKind Kind(Entity body)
    {
        // The older name of the field is still understood.
        var type = !string.IsNullOrEmpty(body.ConcreteType) ? body.ConcreteType
            : body.Other?.TryGetValue("entityType", out var old) == true && old.ValueKind == JsonValueKind.String ? old.GetString() : null;
        var kind = EntityKind.OfConcreteType(type ?? throw ServiceException.BadRequest("Entity.concreteType is required"))
            ?? throw ServiceException.BadRequest($"Unknown entity type: {type}");
        if (body.Other?.TryGetValue("fileNameOverride", out var name) == true && name.ValueKind == JsonValueKind.String)
        {
            throw ServiceException.BadRequest("fileNameOverride field is deprecated and can not be set.");
        }

        return kind;
    }

    public static string? Label(string? label) =>
        string.IsNullOrEmpty(label) ? null : NameRule.CheckLength(label, 256, "Version label");

    public static string? Comment(string? comment) => NameRule.CheckLength(comment, 256, "Version comment");

    public static string? Description(string? description) => NameRule.CheckLength(description, 1000, "Description");

    /// <summary>The fields of this kind only; unknown ones are ignored.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields(Caller caller, long id, Entity body, EntityKind kind)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in kind.Fields)
        {
            if (body.Other?.TryGetValue(name, out var value) == true && value.ValueKind != JsonValueKind.Null)
            {
                fields[name] = value;
            }
        }

        if (kind == EntityKind.Link)
        {
            fields = LinkFields(body);
        }

        RequireFields(kind, fields);
        return rules.Apply(kind.ShortName, caller, id, fields);
    }

    /// <summary>The handle that the entity names; only its maker may put it anywhere.</summary>
    public FileHandleRow? FileHandle(Caller caller, EntityKind kind, Entity body)
    {
        if (!kind.HasFileHandle)
        {
            return null;
        }

        if (string.IsNullOrEmpty(body.DataFileHandleId))
        {
            throw ServiceException.BadRequest(
                $"{kind.ConcreteType[(kind.ConcreteType.LastIndexOf('.') + 1)..]}.dataFileHandleId cannot be null");
        }

        var id = EntityIds.ParseNumber(body.DataFileHandleId, "dataFileHandleId");
        return OwnFileHandle(caller, id);
    }

    public FileHandleRow OwnFileHandle(Caller caller, long id)
    {
        var row = fileHandles.Get(id)
            ?? throw ServiceException.NotFound($"The file handle {id} does not exist");
        return row.CreatedBy == caller.Id
            ? row
            : throw ServiceException.Forbidden(
                $"Only the creator of a FileHandle can access it directly by its ID.  FileHandleId = '{id}', UserId = '{caller.Id}'");
    }

    /// <summary>The activity that an entity may name as its origin; null: none is meant.</summary>
    public long? Activity(Caller caller, string? id) => activities.RequireForEntity(caller, id);

    public void RequireFreeName(long parentId, string name, long? except)
    {
        if (nodes.Find(parentId, name) is { } other && other.Id != except)
        {
            throw ServiceException.Conflict(
                $"An entity with the name: {name} already exists with a parentId: {EntityIds.Text(parentId)}");
        }
    }

    public string? FreeAlias(string? alias, long? except)
    {
        var wanted = NameRule.CheckAlias(alias);
        return wanted is not null && nodes.FindAlias(wanted) is { } other && other.Id != except
            ? throw ServiceException.Conflict($"The friendly url name (alias): {wanted} is already taken.  Please select another.")
            : wanted;
    }

    public static void RequireParentKind(EntityKind kind, NodeRow parent)
    {
        if (!kind.MayStandIn(parent.Id, parent.Kind))
        {
            throw ServiceException.BadRequest(
                $"Entity type: {kind.ConcreteType} cannot have a parent of type: {parent.Kind.ConcreteType}");
        }
    }

    public void RequireRoom(EntityKind kind, long parentId)
    {
        if (kind.ShortName is "file" or "folder" or "link" && nodes.CountChildren(parentId) >= MaxChildren)
        {
            throw ServiceException.BadRequest($"Limit of {MaxChildren} children exceeded for parent: {EntityIds.Text(parentId)}");
        }
    }

    /// <summary>Refuses what would stand deeper than the tree may be; <paramref name="height"/> is that of what is added.</summary>
    public void CheckDepth(long parentId, int height)
    {
        if (nodes.Lineage(parentId).Steps.Count + height > MaxDepth)
        {
            throw ServiceException.BadRequest(
                $"Exceeded the maximum hierarchical depth of: {MaxDepth} for parent: {EntityIds.Text(parentId)}");
        }
    }

    /// <summary>Whether a new entity may stand there because of where it is stored.</summary>
    public void CheckStorage(EntityKind kind, long parentId, FileHandleRow? handle)
    {
        storage.CheckKind(kind, parentId);
        if (handle is not null)
        {
            storage.CheckFile(handle.Document, parentId);
            storage.CheckRoom(handle.Document, parentId);
        }
    }

    /// <summary>The same for a change: other bytes, another place.</summary>
    public void CheckStorage(NodeRow node, long parentId, FileHandleRow? handle, bool isOtherHandle)
    {
        if (handle is not null && (isOtherHandle || parentId != node.ParentId))
        {
            storage.CheckFile(handle.Document, parentId);
        }

        if (handle is not null && isOtherHandle)
        {
            storage.CheckRoom(handle.Document, parentId);
        }

        if (node.Kind == EntityKind.Folder && node.ParentId is { } old)
        {
            storage.CheckMove(node.Id, old, parentId);
        }
    }

    /// <summary>Refuses a file or folder from the trash in a folder that must hold its own files only, unless it came from there.</summary>
    public void CheckRestored(EntityKind kind, long parentId, long originalParentId)
    {
        if (parentId != originalParentId && (kind.ShortName is "file" or "folder"))
        {
            storage.CheckRestored(parentId);
        }
    }

    private static void RequireFields(EntityKind kind, Dictionary<string, JsonElement> fields)
    {
        if (kind.ShortName == "dockerrepo" && !fields.ContainsKey("repositoryName"))
        {
            throw ServiceException.BadRequest("DockerRepository.repositoryName is required");
        }
    }

    private static Dictionary<string, JsonElement> LinkFields(Entity body)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (body.LinksTo is { } target)
        {
            var id = EntityIds.Text(EntityIds.Parse(target.TargetId));
            fields["linksTo"] = JsonSerializer.SerializeToElement(target with { TargetId = id }, WorldJson.Default.Reference);
        }

        if (body.LinksToClassName is { } name)
        {
            fields["linksToClassName"] = JsonSerializer.SerializeToElement(name, WorldJson.Default.String);
        }

        return fields;
    }
}
