using System.Globalization;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>Entity ids: numbers inside, "syn123" outside, read leniently as KeyFactory does.</summary>
internal static class EntityIds
{
    public const long Root = 4489;
    public const long Trash = 1681355;

    public static string Text(long id) => string.Create(CultureInfo.InvariantCulture, $"syn{id}");

    public static long Parse(string? text)
    {
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.StartsWith("syn", StringComparison.OrdinalIgnoreCase) ? trimmed[3..] : trimmed;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw ServiceException.BadRequest($"{text} is not a valid Synapse ID.");
    }

    /// <summary>A number in a path or a body that is not an entity's id.</summary>
    public static long ParseNumber(string? text, string what) =>
        long.TryParse((text ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ServiceException.BadRequest($"{what} must be a number, not: {text}");
}
