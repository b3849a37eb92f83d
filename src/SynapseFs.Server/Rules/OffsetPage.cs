using System.Globalization;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>The other pagination: ?offset=0&amp;limit=10 and an estimated total.</summary>
internal readonly record struct OffsetPage(long Offset, long Limit)
{
    public static OffsetPage Parse(string? offset, string? limit, long defaultLimit)
    {
        var page = new OffsetPage(Number(offset, 0, "offset"), Number(limit, defaultLimit, "limit"));
        if (page.Offset < 0)
        {
            throw ServiceException.BadRequest("pagination offset must be 0 or greater");
        }

        return page.Limit >= 1 ? page : throw ServiceException.BadRequest("pagination limit must be 1 or greater");
    }

    /// <summary>Synapse's estimate: one more than seen when the page is full.</summary>
    public long Total(int size) => size >= Limit ? Offset + size + 1 : Offset + size;

    private static long Number(string? text, long otherwise, string name)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ServiceException.BadRequest($"The parameter {name} must be a number, not: {text}");
    }
}
