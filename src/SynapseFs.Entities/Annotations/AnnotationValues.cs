using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Annotations;

/// <summary>
/// What a person wrote as an annotation's typed values: a forced type, else the one that the key has already if everything fits it, else
/// the one that the values have by themselves. Pure.
/// </summary>
internal static class AnnotationValues
{
    private const int MostValues = 100;
    private const int MostCharacters = 500;

    /// <summary>The values of an extended attribute's text: one, or those of a JSON array.</summary>
    /// <exception cref="FsException">InvalidArgument: an array of something that no annotation can hold.</exception>
    public static IReadOnlyList<AnnotationScalar> Read(string text) =>
        AnnotationText.IsArray(text) ? ReadArray(text) : [new AnnotationScalar(ScalarNotation.Bare, text)];

    /// <summary>The values of a JSON value: one, or those of an array.</summary>
    /// <exception cref="FsException">InvalidArgument.</exception>
    public static IReadOnlyList<AnnotationScalar> Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(ReadOne)] : [ReadOne(json)];

    /// <param name="forced">The type it is to have; null: none is forced.</param>
    /// <param name="present">What the key has now; null: nothing.</param>
    /// <exception cref="FsException">InvalidArgument, TooLarge.</exception>
    public static AnnotationsValue Resolve(IReadOnlyList<AnnotationScalar> scalars, string? forced, AnnotationsValue? present)
    {
        var values = forced is not null
            ? As(scalars, forced) ?? throw Unfit(scalars, forced)
            : (present?.Type is { } type ? As(scalars, type) : null) ?? As(scalars, TypeOf(scalars))!;
        if (scalars.Count > MostValues)
            throw new FsException(FsError.TooLarge, $"An annotation has at most {MostValues} values, and these are {scalars.Count}.");
        if (values.Type == AnnotationTypes.String && values.Value!.Sum(value => value.Length) is > MostCharacters and var length)
            throw new FsException(
                FsError.TooLarge, $"An annotation's texts have at most {MostCharacters} characters together, and these have {length}.");
        return values;
    }

    public static bool AreEqual(AnnotationsValue one, AnnotationsValue other) =>
        one.Type == other.Type && (one.Value ?? []).SequenceEqual(other.Value ?? []);

    // All of one sort have its type; where sorts are mixed, all are texts.
    private static string TypeOf(IReadOnlyList<AnnotationScalar> scalars)
    {
        if (scalars is [{ Notation: ScalarNotation.Bare } only])
            return ScalarText.TypeOf(only.Text);
        if (scalars.Count == 0)
            return AnnotationTypes.String;
        if (scalars.All(scalar => scalar.Notation == ScalarNotation.Truth))
            return AnnotationTypes.Boolean;
        if (scalars.All(scalar => scalar.Notation == ScalarNotation.Text))
            return As(scalars, AnnotationTypes.Timestamp) is null ? AnnotationTypes.String : AnnotationTypes.Timestamp;
        if (!scalars.All(scalar => scalar.Notation == ScalarNotation.Number || ScalarText.IsNoFiniteNumber(scalar.Text)))
            return AnnotationTypes.String;
        return As(scalars, AnnotationTypes.Long) is null ? AnnotationTypes.Double : AnnotationTypes.Long;
    }

    private static AnnotationsValue? As(IReadOnlyList<AnnotationScalar> scalars, string type)
    {
        var values = scalars.Select(scalar => ScalarText.Convert(scalar.Text, type)).ToList();
        return values.Contains(null) ? null : new AnnotationsValue { Type = type, Value = values! };
    }

    private static IReadOnlyList<AnnotationScalar> ReadArray(string text)
    {
        using var json = JsonDocument.Parse(text);
        return Read(json.RootElement);
    }

    private static AnnotationScalar ReadOne(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new AnnotationScalar(ScalarNotation.Text, json.GetString()!),
        JsonValueKind.Number => new AnnotationScalar(ScalarNotation.Number, json.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new AnnotationScalar(ScalarNotation.Truth, json.GetRawText()),
        JsonValueKind.Null => throw Invalid("null is no value; no values at all are []."),
        _ => throw Invalid("An annotation is a text, a number, true or false, or an array of such; nothing is nested in it."),
    };

    private static FsException Unfit(IReadOnlyList<AnnotationScalar> scalars, string type)
    {
        var unfit = scalars.First(scalar => ScalarText.Convert(scalar.Text, type) is null);
        return Invalid($"'{unfit.Text}' is no {AnnotationTypes.WordOf(type)}.");
    }

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);
}
