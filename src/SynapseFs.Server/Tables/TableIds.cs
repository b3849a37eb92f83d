using System.Globalization;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables;

/// <summary>Reads <c>syn12</c>, <c>12</c> and <c>syn12.3</c>. Source: IdAndVersionParser.</summary>
internal static class TableIds
{
    public static TableKey Parse(string? text)
    {
        if (text is null)
        {
            throw ServiceException.BadRequest("Id string cannot be null");
        }

        var trimmed = text.Trim();
        var digits = trimmed.StartsWith("syn", StringComparison.OrdinalIgnoreCase) ? trimmed[3..] : trimmed;
        var dot = digits.IndexOf('.', StringComparison.Ordinal);
        if (!Number(dot < 0 ? digits : digits[..dot], out var id))
        {
            throw Invalid(text);
        }

        if (dot < 0)
        {
            return new TableKey(id, null);
        }

        return Number(digits[(dot + 1)..], out var version) ? new TableKey(id, version) : throw Invalid(text);
    }

    private static bool Number(string digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ServiceException Invalid(string text) => ServiceException.BadRequest($"Invalid Entity ID: {text}");
}
