using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Tree;

/// <summary>Children, page by page, without what the caller may not read.</summary>
internal sealed class Listing(Database database, Access access)
{
    private const string Joins =
        "FROM nodes n JOIN versions v ON v.node_id = n.id AND v.number = n.current_version LEFT JOIN acls a ON a.node_id = n.id";

    private const string Where =
        "WHERE n.parent_id = @0 AND n.type IN (SELECT value FROM json_each(@1)) AND (a.node_id IS NULL OR EXISTS ("
        + "SELECT 1 FROM acl_entries e WHERE e.node_id = n.id AND e.access = 'READ' "
        + "AND e.principal_id IN (SELECT value FROM json_each(@2))))";

    public EntityChildrenResponse Children(Caller caller, EntityChildrenRequest request)
    {
        var page = PageToken.Parse(request.NextPageToken);
        var (parent, benefactor, types) = Question(caller, request);
        var rows = database.Query(
            $"SELECT {Nodes.Columns}, v.label, a.node_id {Joins} {Where} ORDER BY {Order(request)} LIMIT @3 OFFSET @4",
            row => Header(row, benefactor), parent, types, caller.GroupsJson, page.Fetch, page.Offset);
        return new EntityChildrenResponse
        {
            Page = page.Page(rows),
            NextPageToken = page.Next(rows.Count),
            TotalChildCount = request.IncludeTotalChildCount == true
                ? database.Number($"SELECT count(*) {Joins} {Where}", parent, types, caller.GroupsJson)
                : null,
            SumFileSizesBytes = request.IncludeSumFileSizes == true ? SumSizes(parent, types, caller) : null,
        };
    }

    /// <summary>POST /entity/child: exact name, and 403 where 404 would be a lie.</summary>
    public EntityId FindChild(Caller caller, EntityLookupRequest request, Nodes nodes)
    {
        if (string.IsNullOrEmpty(request.EntityName))
        {
            throw ServiceException.BadRequest("EntityLookupRequest.entityName is required.");
        }

        var parentId = string.IsNullOrEmpty(request.ParentId) ? EntityIds.Root : EntityIds.Parse(request.ParentId);
        if (parentId != EntityIds.Root && !access.Examine(caller, parentId).May(AccessTypes.Read))
        {
            throw ServiceException.Forbidden("Lack of READ permission on the parent entity.");
        }

        var found = nodes.Find(parentId, request.EntityName.TrimEnd(' '))
            ?? throw ServiceException.NotFound(
                $"Child not found for parent: '{EntityIds.Text(parentId)}' with name: '{request.EntityName}'");
        return access.Examine(caller, found.Id).May(AccessTypes.Read)
            ? new EntityId { Id = found.IdText }
            : throw ServiceException.Forbidden("Lack of READ permission on the requested entity.");
    }

    private (long Parent, long Benefactor, string Types) Question(Caller caller, EntityChildrenRequest request)
    {
        if (string.IsNullOrEmpty(request.ParentId))
        {
            return (EntityIds.Root, EntityIds.Root, "[\"project\"]");
        }

        if (request.IncludeTypes is not { Count: > 0 } types)
        {
            throw ServiceException.BadRequest("EntityChildrenRequest.includeTypes must include at least one type");
        }

        // Types that are not known here match nothing; they must not fail, newer clients send more.
        var known = types.Where(type => EntityKind.All.Any(kind => kind.ShortName == type));
        var parent = EntityIds.Parse(request.ParentId);
        var standing = access.Examine(caller, parent);
        if (parent != EntityIds.Root)
        {
            standing.Require(AccessTypes.Read);
        }

        return (standing.Node.Id, standing.Lineage.Benefactor, $"[{string.Join(',', known.Select(type => $"\"{type}\""))}]");
    }

    private long SumSizes(long parent, string types, Caller caller) =>
        database.Number(
            "SELECT coalesce(sum(f.document ->> '$.contentSize'), 0) "
            + $"{Joins} LEFT JOIN file_handles f ON f.id = v.file_handle_id {Where}",
            parent, types, caller.GroupsJson) ?? 0;

    private static string Order(EntityChildrenRequest request)
    {
        var column = request.SortBy switch
        {
            null or "" or "NAME" => "n.name",
            "CREATED_ON" => "n.created_on",
            "MODIFIED_ON" => "n.modified_on",
            _ => throw ServiceException.BadRequest($"Unknown sortBy: {request.SortBy}"),
        };
        return request.SortDirection switch
        {
            null or "" or "ASC" => column + " ASC",
            "DESC" => column + " DESC",
            _ => throw ServiceException.BadRequest($"Unknown sortDirection: {request.SortDirection}"),
        };
    }

    private static EntityHeader Header(SqliteDataReader row, long benefactor)
    {
        var node = Nodes.Map(row);
        return EntityShape.Header(node, node.CurrentVersion, row.GetString(12), row.IsDBNull(13) ? benefactor : node.Id);
    }
}
