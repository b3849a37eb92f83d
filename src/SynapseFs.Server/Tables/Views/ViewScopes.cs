using SynapseFs.Server.Rules;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>Which containers and which entities belong to a scope.</summary>
internal sealed class ViewScopes(Database database, Nodes nodes)
{
    /// <summary>The containers of the scope and all below them, at most so many; what lies in the trash is not among them.</summary>
    public IReadOnlyList<long> Containers(IReadOnlyList<long> scope, int limit) => database.Query(
        "WITH RECURSIVE down (id) AS (SELECT value FROM json_each(@0) "
        + "UNION SELECT n.id FROM nodes n JOIN down ON n.parent_id = down.id WHERE n.type IN ('folder', 'project')) "
        + "SELECT id FROM down LIMIT @1",
        row => row.GetInt64(0), Json(scope.Where(IsThere)), limit);

    /// <summary>
    /// The entities that a view shows, in the order of their ids, each with the version to show; without one it is the current one.
    /// </summary>
    public IReadOnlyList<ViewItem> Members(ViewDefinition definition, IReadOnlyCollection<long> containers) => definition switch
    {
        { IsOfItems: true } => [.. definition.Items.OrderBy(item => item.Id)],
        { Mask: ViewMask.Project } => [.. definition.Scope.Order().Select(id => new ViewItem(id, null))],
        _ => database.Query(
            "SELECT n.id FROM json_each(@0) c JOIN nodes n ON n.parent_id = c.value "
            + "WHERE n.type IN (SELECT value FROM json_each(@1)) ORDER BY n.id",
            row => new ViewItem(row.GetInt64(0), null), Json(containers), TypesJson(definition)),
    };

    /// <summary>What stands above the scope, itself included: a change there may move, share or remove what is below.</summary>
    public IEnumerable<long> Above(IEnumerable<long> ids) => ids.SelectMany(id => nodes.Lineage(id).Steps.Select(step => step.Id));

    /// <summary>The types that the view shows, as a JSON list of their short names.</summary>
    public static string TypesJson(ViewDefinition definition) =>
        $"[{string.Join(',', ViewMask.Types(definition.Mask).Select(type => $"\"{type}\""))}]";

    public static string Json(IEnumerable<long> ids) => $"[{string.Join(',', ids)}]";

    /// <summary>Pairs of id and version or null.</summary>
    public static string PairsJson(IEnumerable<ViewItem> items) =>
        $"[{string.Join(',', items.Select(item => item.Version is { } version ? $"[{item.Id},{version}]" : $"[{item.Id},null]"))}]";

    private bool IsThere(long id) => nodes.Lineage(id) is { Exists: true, IsInTrash: false } && id != EntityIds.Trash;
}
