using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// What must hold of a view, a dataset or a collection when it is written, and what is derived from what it holds. Source:
/// ViewMetadataProvider and its heirs, the metadata index providers.
/// </summary>
internal sealed class ViewRules(SynapseWorld world, ViewScopes scopes)
{
    public const int MaxContainers = 35_000;
    private const int MaxItems = 30_000;
    private const int MaxColumns = 152;

    public void AddTo(FieldRules rules)
    {
        rules.Add(ViewDefinition.EntityView, (_, _, fields) => OfScope(ViewDefinition.EntityView, fields));
        rules.Add(ViewDefinition.SubmissionView, (_, _, fields) => OfScope(ViewDefinition.SubmissionView, fields));
        rules.Add(ViewDefinition.Dataset, OfDataset);
        rules.Add(ViewDefinition.DatasetCollection, OfCollection);
    }

    private Dictionary<string, JsonElement> OfScope(string kind, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var definition = ViewDefinition.Of(kind, fields);
        CheckColumns(definition);
        if (kind == ViewDefinition.SubmissionView)
        {
            Require(
                definition.Scope.Count <= MaxContainers, $"The view's scope exceeds the maximum number of {MaxContainers} evaluations.");
        }
        else if ((definition.Mask & ViewMask.Project) != 0)
        {
            Require(definition.Mask == ViewMask.Project, "The Project type cannot be combined with any other type.");
            Require(definition.Scope.Count <= MaxContainers, $"The view's scope exceeds the maximum number of {MaxContainers} projects.");
        }
        else
        {
            Require(
                scopes.Containers(definition.Scope, MaxContainers + 1).Count <= MaxContainers,
                $"The view's scope exceeds the maximum number of {MaxContainers} projects and/or folders. "
                + "Note: The sub-folders of each project and folder in the scope count towards the limit.");
        }

        var kept = Kept(definition, fields);
        if (fields.ContainsKey("scopeIds"))
        {
            // Bare numbers, whatever was sent: the Python client puts "syn" before them.
            kept["scopeIds"] = Json(definition.Scope.Select(EntityShape.Text));
        }

        return kept;
    }

    private Dictionary<string, JsonElement> OfDataset(Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var kept = OfItems(ViewDefinition.Dataset, fields, "dataset", $"Maximum of {MaxItems:N0} items in a dataset exceeded.");
        if (!kept.TryGetValue("items", out var items))
        {
            return kept;
        }

        CheckKinds(items, EntityKind.File, "Currently, only files can be included in a dataset. {0} is '{1}'");
        var files = Files(items);
        kept["count"] = Number(files.Count);
        kept["size"] = Number(files.Sum(file => file.ContentSize ?? 0));
        if (files.Count > 0)
        {
            kept["checksum"] = JsonSerializer.SerializeToElement(Checksum(files), WorldJson.Default.String);
        }

        return kept;
    }

    private Dictionary<string, JsonElement> OfCollection(Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var kept = OfItems(
            ViewDefinition.DatasetCollection, fields, "dataset collection",
            $"Maximum of {MaxItems:N0} items in a dataset collection exceeded.");
        if (kept.TryGetValue("items", out var items))
        {
            CheckKinds(
                items, EntityKind.Of(ViewDefinition.Dataset),
                "Only dataset entities can be included in a dataset collection. {0} is '{1}'");
        }

        return kept;
    }

    private Dictionary<string, JsonElement> OfItems(
        string kind, IReadOnlyDictionary<string, JsonElement> fields, string word, string tooMany)
    {
        var definition = ViewDefinition.Of(kind, fields);
        CheckColumns(definition);
        Require(definition.Items.Count <= MaxItems, tooMany);
        var seen = new HashSet<long>();
        foreach (var (id, version) in definition.Items)
        {
            Require(id is not null, $"Each {word} item must have a non-null entity ID.");
            Require(version is not null, $"Each {word} item must have a non-null version number");
            Require(
                seen.Add(id ?? 0), $"Each {word} item must have a unique entity ID.  Duplicate: {EntityIds.Text(id ?? 0)}");
        }

        var kept = Kept(definition, fields);
        if (fields.ContainsKey("items"))
        {
            var items = definition.Items.Select(item =>
            $$"""{"entityId":"{{EntityIds.Text(item.Id ?? 0)}}","versionNumber":{{item.Version}}}""");
            kept["items"] = JsonElement.Parse($"[{string.Join(',', items)}]");
        }

        return kept;
    }

    private static Dictionary<string, JsonElement> Kept(ViewDefinition definition, IReadOnlyDictionary<string, JsonElement> fields) =>
        new(fields, StringComparer.Ordinal) { [ColumnModels.IdsField] = Json(definition.ColumnIds) };

    // What does not exist is let in, as Synapse does: it has no row.
    private void CheckKinds(JsonElement items, EntityKind wanted, string sentence)
    {
        var other = world.Database.Query(
            "SELECT n.id, n.type FROM json_each(@0) i JOIN nodes n ON n.id = CAST(substr(i.value ->> '$.entityId', 4) AS INTEGER) "
            + "WHERE n.type <> @1 LIMIT 1",
            row => string.Format(
                System.Globalization.CultureInfo.InvariantCulture, sentence, EntityIds.Text(row.GetInt64(0)),
                EntityKind.Of(row.GetString(1)).ConcreteType),
            items.GetRawText(), wanted.ShortName);
        if (other.Count > 0)
        {
            throw ServiceException.BadRequest(other[0]);
        }
    }

    private IReadOnlyList<FileHandle> Files(JsonElement items) => world.Database.Query(
        "SELECT f.document FROM json_each(@0) i JOIN versions v ON v.node_id = CAST(substr(i.value ->> '$.entityId', 4) AS INTEGER) "
        + "AND v.number = i.value ->> '$.versionNumber' JOIN file_handles f ON f.id = v.file_handle_id",
        row => JsonSerializer.Deserialize(row.GetString(0), ApiJson.Default.FileHandle)!, items.GetRawText());

    private static string Checksum(IEnumerable<FileHandle> files)
    {
        var all = string.Concat(files.Select(file => file.ContentMd5 ?? "").Order(StringComparer.Ordinal));
#pragma warning disable CA5351 // The service names MD5.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(all)));
#pragma warning restore CA5351
    }

    private void CheckColumns(ViewDefinition definition)
    {
        Require(
            definition.ColumnIds.Count <= MaxColumns,
            $"A view cannot have {definition.ColumnIds.Count} columns.  It must have {MaxColumns} columns or less.");
        ColumnRules.CheckSchema(world.Columns.RequireAll(definition.ColumnIds));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw ServiceException.BadRequest(otherwise);
        }
    }

    private static JsonElement Number(long number) => JsonElement.Parse(EntityShape.Text(number));

    private static JsonElement Json(IEnumerable<string> digits) =>
        JsonElement.Parse($"[{string.Join(',', digits.Select(text => $"\"{text}\""))}]");
}
