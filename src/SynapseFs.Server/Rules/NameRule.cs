using System.Buffers;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>What an entity or an uploaded file may be called. Source: NameValidation.</summary>
internal static class NameRule
{
    private const int MaxLength = 256;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,_. -+()'");

    /// <summary>The name as it is stored: trimmed.</summary>
    public static string Check(string name)
    {
        var trimmed = name.Trim();
        if (trimmed.Length == 0)
        {
            throw ServiceException.BadRequest("Name cannot be only whitespace or empty string");
        }

        if (trimmed.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw ServiceException.BadRequest(
                $"Invalid Name: '{trimmed}'. Names may only contain: letters, numbers, spaces, underscores, hyphens, periods, "
                + "plus signs, apostrophes, and parentheses");
        }

        return trimmed.Length <= MaxLength
            ? trimmed
            : throw ServiceException.BadRequest($"Name must be {MaxLength} characters or less");
    }

    public static string? CheckLength(string? text, int limit, string what) =>
        text is null || text.Length <= limit ? text : throw ServiceException.BadRequest($"{what} must be {limit} characters or less");

    public static string? CheckAlias(string? alias)
    {
        if (string.IsNullOrEmpty(alias))
        {
            return null;
        }

        if (!alias.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw ServiceException.BadRequest("Aliases can only have letters (a-z and A-Z), digits (0-9) and underscores (_)");
        }

        return CheckLength(alias, 64, "Alias");
    }
}
