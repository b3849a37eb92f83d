using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Views;

/// <summary>Columns that the annotations in a scope would fill. Source: TableIndexManagerImpl.getPossibleColumnModelsForScope.</summary>
internal sealed class ColumnSuggestions(SynapseWorld world, ViewScopes scopes)
{
    private const int Chunk = 500;

    private const string Measures =
        "e.key, e.value ->> '$.type', "
        + "max(ifnull((SELECT max(length(x.value)) FROM json_each(e.value, '$.value') x), 0)), "
        + "max(ifnull(json_array_length(e.value, '$.value'), 0)) ";

    private const string Members =
        "FROM json_each(@0) p JOIN nodes n ON n.id = p.value ->> 0 "
        + "JOIN versions v ON v.node_id = n.id AND v.number = ifnull(p.value ->> 1, n.current_version)";

    private const string OfEntities =
        "SELECT " + Measures + Members + ", json_each(v.annotations) e "
        + "WHERE n.type IN (SELECT value FROM json_each(@1)) GROUP BY 1, 2";

    // Those that the entity has none of its own of that name beside.
    private const string Derived =
        "SELECT " + Measures + Members + " JOIN derived_annotations d ON d.node_id = n.id AND v.number = n.current_version, "
        + "json_each(d.annotations) e WHERE n.type IN (SELECT value FROM json_each(@1)) "
        + "AND NOT EXISTS (SELECT 1 FROM json_each(v.annotations) o WHERE o.key = e.key) GROUP BY 1, 2";

    private const string OfSubmissions =
        "SELECT " + Measures + "FROM submissions s, json_each(s.annotations) e "
        + "WHERE s.evaluation_id IN (SELECT value FROM json_each(@0)) GROUP BY 1, 2";

    /// <summary>One page. Outside of any transaction: a scope may be large.</summary>
    public ViewColumnModelResponse Find(ViewColumnModelRequest request)
    {
        var token = PageToken.Parse(request.NextPageToken);
        var definition = Definition(request.ViewScope ?? throw ServiceException.BadRequest("viewScope is required."));
        var defaults = ViewColumns.Defaults(definition.Kind, definition.Mask).Select(column => column.Name).ToHashSet();
        var columns = Measure(definition, request.IncludeDerivedAnnotations == true).Where(found => !defaults.Contains(found.Key))
            .OrderBy(found => found.Key, StringComparer.Ordinal).ThenBy(found => found.Type, StringComparer.Ordinal)
            .Select(Column).Skip((int)Math.Min(token.Offset, int.MaxValue)).Take((int)token.Fetch).ToList();
        return new ViewColumnModelResponse
        {
            ConcreteType = "org.sagebionetworks.repo.model.table.ViewColumnModelResponse",
            Results = token.Page(columns),
            NextPageToken = token.Next(columns.Count),
        };
    }

    public static ViewDefinition Definition(ViewScope scope)
    {
        if (scope.Scope is not { Count: > 0 } ids)
        {
            throw ServiceException.BadRequest("scope.scopeIds is required and must not be empty.");
        }

        var kind = scope.ViewEntityType ?? ViewDefinition.EntityView;
        if (!ViewDefinition.IsView(kind))
        {
            throw ServiceException.BadRequest($"Unsupported type {kind}");
        }

        var items = ids.Select(Item).ToList();
        var isOfItems = kind is ViewDefinition.Dataset or ViewDefinition.DatasetCollection;
        return new ViewDefinition
        {
            Kind = kind,
            Mask = kind switch
            {
                ViewDefinition.EntityView => ViewMask.Of(scope.ViewType, scope.ViewTypeMask),
                ViewDefinition.Dataset => ViewMask.File,
                ViewDefinition.DatasetCollection => ViewMask.Dataset,
                _ => 0,
            },
            Scope = isOfItems ? [] : [.. items.Select(item => item.Id ?? 0).Distinct()],
            Items = isOfItems ? items : [],
        };
    }

    private static ViewItem Item(string text)
    {
        var parts = (text ?? "").Trim().Split('.');
        return parts.Length switch
        {
            1 => new ViewItem(EntityIds.Parse(parts[0]), null),
            2 => new ViewItem(EntityIds.Parse(parts[0]), EntityIds.ParseNumber(parts[1], "version")),
            _ => throw ServiceException.BadRequest($"{text} is not a valid Synapse ID."),
        };
    }

    private List<Found> Measure(ViewDefinition definition, bool withDerived)
    {
        if (definition.Kind == ViewDefinition.SubmissionView)
        {
            return [.. world.Transact(() => world.Database.Query(OfSubmissions, Map, ViewScopes.Json(definition.Scope)))];
        }

        var members = world.Transact(() => scopes.Members(
            definition,
            definition.IsOfItems || definition.Mask == ViewMask.Project
                ? []
                : scopes.Containers(definition.Scope, ViewRules.MaxContainers)));
        var types = ViewScopes.TypesJson(definition);
        var found = new Dictionary<(string Key, string Type), Found>();
        string[] queries = withDerived ? [OfEntities, Derived] : [OfEntities];
        foreach (var chunk in members.Chunk(Chunk))
        {
            var pairs = ViewScopes.PairsJson(chunk);
            foreach (var one in world.Transact(() => queries.SelectMany(query => world.Database.Query(query, Map, pairs, types)).ToList()))
            {
                found[(one.Key, one.Type)] = found.TryGetValue((one.Key, one.Type), out var known) ? known.With(one) : one;
            }
        }

        return [.. found.Values];
    }

    private static ColumnModel Column(Found found)
    {
        var single = found.Type switch
        {
            "LONG" => ColumnTypes.Integer,
            "DOUBLE" => ColumnTypes.Double,
            "TIMESTAMP_MS" => ColumnTypes.Date,
            "BOOLEAN" => ColumnTypes.Boolean,
            _ => ColumnTypes.String,
        };
        // There are no lists of doubles.
        var isList = found.LongestList > 1 && single != ColumnTypes.Double;
        return new ColumnModel
        {
            Name = found.Key,
            ColumnType = isList ? single + "_LIST" : single,
            MaximumListLength = isList ? found.LongestList : null,
            MaximumSize = single == ColumnTypes.String ? found.LongestText == 0 ? ColumnTypes.DefaultString : found.LongestText : null,
        };
    }

    private static Found Map(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0), row.IsDBNull(1) ? "STRING" : Convert.ToString(row.GetValue(1), CultureInfo.InvariantCulture)!, row.GetInt64(2),
        row.GetInt64(3));

    private sealed record Found(string Key, string Type, long LongestText, long LongestList)
    {
        public Found With(Found other) => this with
        {
            LongestText = Math.Max(LongestText, other.LongestText),
            LongestList = Math.Max(LongestList, other.LongestList),
        };
    }
}
