using System.Buffers;
using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>Which annotations are accepted. Source: AnnotationsV2Utils and its value validators.</summary>
internal static class AnnotationRules
{
    private const int MaxKeys = 100;
    private const int MaxValues = 100;
    private const int MaxCharacters = 500;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,_.");

    public static void Check(IReadOnlyDictionary<string, AnnotationsValue> annotations)
    {
        if (annotations.Count > MaxKeys)
        {
            throw ServiceException.BadRequest($"Exceeded maximum number of annotation keys: {MaxKeys}");
        }

        foreach (var (key, value) in annotations)
        {
            CheckKey(key);
            CheckValue(key, value);
        }
    }

    private static void CheckKey(string key)
    {
        var trimmed = key.Trim();
        if (trimmed.Length == 0 || trimmed.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            throw ServiceException.BadRequest(
                $"Invalid annotation key: '{key}'. Annotation keys may only contain: letters, numbers, underscores and periods");
        }

        if (key.Equals("_accessRequirementIds", StringComparison.OrdinalIgnoreCase))
        {
            throw ServiceException.BadRequest($"The annotation key: '{key}' is reserved and cannot be used");
        }
    }

    private static void CheckValue(string key, AnnotationsValue? value)
    {
        if (value?.Type is not { } type)
        {
            throw ServiceException.BadRequest($"a value or a value type must be set for values associated with key={key}");
        }

        if (value.Value is not { } texts)
        {
            throw ServiceException.BadRequest($"value list for key={key} can not be null");
        }

        if (texts.Count > MaxValues)
        {
            throw ServiceException.BadRequest($"Exceeded maximum number of values for key={key}: {MaxValues}");
        }

        foreach (var text in texts)
        {
            if (text is null)
            {
                throw ServiceException.BadRequest("null is not allowed. To indicate no values, use an empty list.");
            }

            if (!IsValid(type, text))
            {
                throw ServiceException.BadRequest($"Value associated with key={key} is not valid for type={type}: {text}");
            }
        }

        if (type == "STRING" && texts.Sum(text => text.Length) > MaxCharacters)
        {
            throw ServiceException.BadRequest($"Total String value too long. Can be at most {MaxCharacters} characters.");
        }
    }

    private static bool IsValid(string type, string text) => type switch
    {
        "STRING" => true,
        "LONG" or "TIMESTAMP_MS" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "BOOLEAN" => bool.TryParse(text, out _) && text.Trim().Length == text.Length,
        "DOUBLE" => IsDouble(text),
        _ => throw ServiceException.BadRequest($"Unknown annotation type: {type}"),
    };

    private static bool IsDouble(string text)
    {
        var bare = text.Trim().TrimStart('+', '-').ToLowerInvariant();
        return bare is "nan" or "inf" or "infinity"
            || double.TryParse(bare.TrimEnd('d', 'f'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
