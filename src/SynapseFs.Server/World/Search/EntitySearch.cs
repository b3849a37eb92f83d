using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Search;

/// <summary>Finds entities by words and fields, among those that the caller may read. Source: SearchManagerImpl, SearchUtil.</summary>
internal sealed class EntitySearch(SearchIndex index, Access access, Headers headers)
{
    private const long DefaultSize = 10;
    private const long MaxSize = 10_000;
    private const int DefaultFacets = 10;

    /// <summary>Brings the index up to date; outside of any transaction.</summary>
    public void Follow() => index.Follow();

    public SearchResults Find(Caller caller, SearchQuery query)
    {
        var words = Words(query.QueryTerm);
        if (words is null && query.BooleanQuery is not { Count: > 0 })
        {
            throw ServiceException.BadRequest("Either one queryTerm or one booleanQuery must be defined");
        }

        var start = query.Start ?? 0;
        var size = query.Size ?? DefaultSize;
        if (start is < 0 or > MaxSize || size is < 0 or > MaxSize)
        {
            throw ServiceException.BadRequest($"start and size must be between 0 and {MaxSize}");
        }

        var fields = query.ReturnFields is { Count: > 0 } asked ? asked.OfType<string>().ToHashSet(StringComparer.Ordinal) : null;
        var withPath = fields?.Remove(SearchFields.Path) == true;
        var facets = (query.FacetOptions ?? []).Select(option => (option, SearchFields.Facet(option?.Name))).ToList();
        Check(query, fields);
        var found = index.Match(words).Where(document => Fits(document, query))
            .Select(document => (Document: document, Standing: access.FindReadable(caller, document.Id)))
            .Where(hit => hit.Standing is not null).ToList();
        return new SearchResults
        {
            Found = found.Count,
            Start = start,
            Hits =
            [
                .. found.Skip((int)start).Take((int)size).Select(hit => SearchFields.Hit(hit.Document, fields) with
                {
                    Alias = hit.Standing!.Node.Alias,
                    Path = withPath ? headers.Path(caller, hit.Document.Id) : null,
                }),
            ],
            Facets = [.. facets.Select(facet => Facet(facet.option!, facet.Item2, found.ConvertAll(hit => hit.Document)))],
        };
    }

    /// <summary>Every word must be there; what is no letter or digit separates words.</summary>
    private static string? Words(IReadOnlyList<string?>? terms)
    {
        var words = string.Concat(string.Join(' ', terms ?? []).Select(c => char.IsLetterOrDigit(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words.Select(word => $"\"{word}\""));
    }

    private static void Check(SearchQuery query, HashSet<string>? fields)
    {
        var probe = new SearchDocument
        {
            Id = 1,
            Name = "",
            NodeType = "",
            Etag = "",
            CreatedOn = 0,
            CreatedBy = 0,
            ModifiedOn = 0,
            ModifiedBy = 0,
            Description = "",
        };
        var named = (query.BooleanQuery ?? []).Select(pair => pair?.Key).Concat((query.RangeQuery ?? []).Select(range => range?.Key));
        foreach (var field in named.Concat(fields ?? []))
        {
            SearchFields.Value(probe, field);
        }

        foreach (var range in query.RangeQuery ?? [])
        {
            if (range?.Min is null && range?.Max is null)
            {
                throw ServiceException.BadRequest($"at least one of min or max for key={range?.Key} must be not null");
            }

            if (!IsNumber(range.Min) || !IsNumber(range.Max))
            {
                throw ServiceException.BadRequest($"The range of {range.Key} must be given in numbers");
            }
        }
    }

    private static bool IsNumber(string? text) => text is null || long.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static bool Fits(SearchDocument document, SearchQuery query) =>
        (query.BooleanQuery ?? []).All(pair => IsSame(SearchFields.Value(document, pair?.Key), pair?.Value) != (pair?.Not == true))
        && (query.RangeQuery ?? []).All(range => long.TryParse(
                SearchFields.Value(document, range?.Key), CultureInfo.InvariantCulture, out var number)
            && (range?.Min is null || number >= long.Parse(range.Min, CultureInfo.InvariantCulture))
            && (range?.Max is null || number <= long.Parse(range.Max, CultureInfo.InvariantCulture)));

    private static bool IsSame(string? value, string? asked) => string.Equals(value, asked, StringComparison.OrdinalIgnoreCase);

    private static SearchFacet Facet(SearchFacetOption option, (string Field, string Type) facet, List<SearchDocument> found)
    {
        var counts = found.Select(document => SearchFields.Value(document, facet.Field)).OfType<string>()
            .GroupBy(value => value, StringComparer.Ordinal)
            .Select(group => new SearchFacetConstraint { Value = group.Key, Count = group.Count() });
        var ordered = (option.SortType ?? "COUNT") switch
        {
            "COUNT" => counts.OrderByDescending(item => item.Count).ThenBy(item => item.Value, StringComparer.Ordinal),
            "ALPHA" => counts.OrderBy(item => item.Value, StringComparer.Ordinal),
            _ => throw ServiceException.BadRequest($"Unknown sortType: {option.SortType}"),
        };
        var limit = (int)Math.Clamp(option.MaxResultCount ?? DefaultFacets, 0, MaxSize);
        return new SearchFacet { Name = facet.Field, Type = facet.Type, Constraints = [.. ordered.Take(limit)] };
    }
}
