using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Schemas;

/// <summary>What validation found, and the annotations that schemas gave. Source: EntitySchemaValidationResultDaoImpl.</summary>
internal sealed class SchemaResults(Database database, Access access, Acls acls, TimeProvider time)
{
    public ValidationResults Get(Caller caller, long id)
    {
        access.Require(caller, id, AccessTypes.Read);
        return Find(id) ?? throw ServiceException.NotFound(
            $"ValidationResults do not exist for objectId: '{EntityIds.Text(id)}' and objectType: 'entity'");
    }

    public ValidationResults? Find(long id) => database.First(
        "SELECT document FROM schema_validations WHERE node_id = @0", row => Parse(row.GetString(0)), id);

    /// <param name="text">The container's id as the caller wrote it: the answer repeats it.</param>
    public ValidationSummaryStatistics Statistics(Caller caller, long container, string text)
    {
        var states = Children(caller, container);
        return new ValidationSummaryStatistics
        {
            ContainerId = text,
            TotalNumberOfChildren = states.Count,
            NumberOfValidChildren = states.Count(state => state.IsValid == true),
            NumberOfInvalidChildren = states.Count(state => state.IsValid == false),
            NumberOfUnknownChildren = states.Count(state => state.IsValid is null),
            GeneratedOn = time.GetUtcNow(),
        };
    }

    public ValidationResultsList Invalid(Caller caller, long container, PageToken page)
    {
        var ids = Children(caller, container).Where(state => state.IsValid == false)
            .Skip((int)Math.Min(page.Offset, int.MaxValue)).Take((int)page.Fetch).Select(state => Find(state.Id)!).ToList();
        return new ValidationResultsList { Page = page.Page(ids), NextPageToken = page.Next(ids.Count) };
    }

    public void Put(long id, ValidationResults found) => database.Execute(
        "INSERT OR REPLACE INTO schema_validations (node_id, is_valid, document) VALUES (@0, @1, @2)",
        id, found.IsValid == true, JsonSerializer.Serialize(found, SchemaJson.Default.ValidationResults));

    public void Clear(long id) => database.Execute("DELETE FROM schema_validations WHERE node_id = @0", id);

    /// <summary>Returns whether the derived annotations are others than before.</summary>
    public bool PutDerived(long id, IReadOnlyDictionary<string, AnnotationsValue> annotations)
    {
        var text = JsonSerializer.Serialize(annotations, WorldJson.Default.Annotations);
        return annotations.Count == 0
            ? database.Execute("DELETE FROM derived_annotations WHERE node_id = @0", id) > 0
            : database.Execute(
                "INSERT INTO derived_annotations (node_id, annotations) VALUES (@0, @1) ON CONFLICT (node_id) DO UPDATE SET "
                + "annotations = excluded.annotations WHERE annotations <> excluded.annotations",
                id, text) > 0;
    }

    public IReadOnlyDictionary<string, AnnotationsValue> Derived(long id) =>
        database.First(
            "SELECT annotations FROM derived_annotations WHERE node_id = @0",
            row => JsonSerializer.Deserialize(row.GetString(0), WorldJson.Default.Annotations)!, id)
        ?? new Dictionary<string, AnnotationsValue>();

    /// <summary>The entity's own annotations and, where it has none of that name, the derived ones.</summary>
    public IReadOnlyDictionary<string, AnnotationsValue> WithDerived(long id, IReadOnlyDictionary<string, AnnotationsValue> own)
    {
        var all = new Dictionary<string, AnnotationsValue>(own, StringComparer.Ordinal);
        foreach (var (key, value) in Derived(id))
        {
            all.TryAdd(key, value);
        }

        return all;
    }

    public AnnotationKeys DerivedKeys(Caller caller, long id)
    {
        access.Require(caller, id, AccessTypes.Read);
        return new AnnotationKeys { Keys = [.. Derived(id).Keys] };
    }

    private List<ChildState> Children(Caller caller, long container)
    {
        if (container != EntityIds.Root)
        {
            access.Require(caller, container, AccessTypes.Read);
        }

        return
        [
            .. database.Query(
                    "SELECT n.id, v.is_valid, a.node_id FROM nodes n LEFT JOIN schema_validations v ON v.node_id = n.id "
                    + "LEFT JOIN acls a ON a.node_id = n.id WHERE n.parent_id = @0 ORDER BY n.id",
                    row => new ChildState(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetBoolean(1), !row.IsDBNull(2)), container)
                .Where(state => !state.HasAcl || acls.Rights(state.Id, caller).Contains(AccessTypes.Read)),
        ];
    }

    private static ValidationResults Parse(string document) => JsonSerializer.Deserialize(document, SchemaJson.Default.ValidationResults)!;

    private sealed record ChildState(long Id, bool? IsValid, bool HasAcl);
}
