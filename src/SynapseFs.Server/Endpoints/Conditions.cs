using System.Globalization;
using Microsoft.AspNetCore.Http;
using SynapseFs.Server.World.Files;

namespace SynapseFs.Server.Endpoints;

/// <summary>Conditional requests against a stored object.</summary>
internal static class Conditions
{
    /// <summary>304 or 412; null: go on.</summary>
    public static int? Check(HttpRequest request, StoredObject stored)
    {
        var headers = request.Headers;
        if (headers.IfMatch.Count > 0 && !Names(headers.IfMatch.ToString(), stored.Etag))
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        if (headers.IfNoneMatch.Count > 0)
        {
            return Names(headers.IfNoneMatch.ToString(), stored.Etag) ? StatusCodes.Status304NotModified : null;
        }

        var isOld = TryDate(headers.IfModifiedSince.ToString(), out var since) && Changed(stored) <= since;
        return isOld ? StatusCodes.Status304NotModified : null;
    }

    /// <summary>The Range header, unless If-Range says that it is about another content.</summary>
    public static string? RangeHeader(HttpRequest request, StoredObject stored)
    {
        var condition = request.Headers.IfRange.ToString();
        var isMeant = condition.Length == 0 || condition == stored.Etag
            || (TryDate(condition, out var date) && Changed(stored) <= date);
        return isMeant && request.Headers.Range.Count > 0 ? request.Headers.Range.ToString() : null;
    }

    private static bool Names(string list, string etag) =>
        list.Split(',', StringSplitOptions.TrimEntries).Any(item => item == "*" || item == etag || item == etag.Trim('"'));

    private static DateTimeOffset Changed(StoredObject stored) => DateTimeOffset.FromUnixTimeSeconds(stored.CreatedOn / 1000);

    private static bool TryDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
