using System.Text;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>
/// Where a query goes on, as a text that clients hand back unread. As Synapse's, it holds SQL, sort, facets and page, but not the
/// additional filters. Source: TableQueryUtils.
/// </summary>
internal static class PageTokens
{
    private const string Open = "<Query>";
    private const string Close = "</Query>";

    public static QueryNextPageToken Write(TableQuery query, long nextOffset, string? entityId)
    {
        var next = new TableQuery
        {
            Sql = query.Sql,
            Sort = query.Sort,
            SelectedFacets = query.SelectedFacets,
            Limit = query.Limit,
            Offset = nextOffset,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(next, TableQueryJson.Default.TableQuery);
        return new QueryNextPageToken
        {
            ConcreteType = QueryNames.NextPage,
            EntityId = entityId,
            Token = Open + Convert.ToBase64String(json) + Close,
        };
    }

    public static TableQuery Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            throw ServiceException.BadRequest("Next page token cannot be empty");
        }

        try
        {
            var inner = token.StartsWith(Open, StringComparison.Ordinal) && token.EndsWith(Close, StringComparison.Ordinal)
                ? token[Open.Length..^Close.Length]
                : token;
            return JsonSerializer.Deserialize(Encoding.UTF8.GetString(Convert.FromBase64String(inner)), TableQueryJson.Default.TableQuery)
                ?? throw new FormatException();
        }
        catch (Exception odd) when (odd is FormatException or JsonException)
        {
            throw ServiceException.BadRequest("Not a valid next page token");
        }
    }
}
