using System.Globalization;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>Where a page begins: "50a100" is 50 items from the 100th on. Source: NextPageToken.</summary>
internal readonly record struct PageToken(long Limit, long Offset)
{
    public const long MaxLimit = 50;

    /// <summary>One item more than the page: its presence says that another page exists.</summary>
    public long Fetch => Limit + 1;

    public static PageToken Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new PageToken(MaxLimit, 0);
        }

        var parts = text.Split('a');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            throw ServiceException.BadRequest($"Unknown nextPageToken: {text}");
        }

        if (limit > MaxLimit)
        {
            throw ServiceException.BadRequest($"Limit must not exceed: {MaxLimit}");
        }

        return limit > 0 ? new PageToken(limit, offset) : throw ServiceException.BadRequest("Limit must be greater than zero");
    }

    /// <summary>The token of the next page, given what was fetched of this one; null: this is the last.</summary>
    public string? Next(int fetched) =>
        fetched > Limit ? string.Create(CultureInfo.InvariantCulture, $"{Limit}a{Offset + Limit}") : null;

    /// <summary>The items of this page among those fetched.</summary>
    public IReadOnlyList<T> Page<T>(IReadOnlyList<T> fetched) => fetched.Count > Limit ? [.. fetched.Take((int)Limit)] : fetched;
}
