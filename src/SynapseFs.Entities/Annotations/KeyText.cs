using System.Text.RegularExpressions;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Annotations;

/// <summary>Which keys the service takes, and the type that may follow one: <c>age:long</c>. Pure.</summary>
internal static partial class KeyText
{
    public const int MostKeys = 100;

    private const string Reserved = "_accessRequirementIds";

    /// <param name="text">A key as a person wrote it.</param>
    /// <exception cref="FsException">InvalidArgument.</exception>
    public static AnnotationKey Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var type = colon < 0 ? null : AnnotationTypes.Find(text[(colon + 1)..])
            ?? throw Invalid($"'{text[(colon + 1)..]}' is no type of annotations: there are {AnnotationTypes.Words}.");
        if (!Allowed().IsMatch(name))
            throw Invalid($"'{name}' cannot be the key of an annotation: Synapse takes letters without accents, digits, comma, underscore "
                + "and full stop.");
        if (name.Equals(Reserved, StringComparison.OrdinalIgnoreCase))
            throw Invalid($"Synapse keeps the key '{Reserved}' for itself.");
        return new AnnotationKey(name, type);
    }

    /// <exception cref="FsException">NoSpace.</exception>
    public static void RequireRoom(int keys)
    {
        if (keys > MostKeys)
            throw new FsException(FsError.NoSpace, $"Synapse holds at most {MostKeys} annotations of one thing.");
    }

    private static FsException Invalid(string message) => new(FsError.InvalidArgument, message);

    [GeneratedRegex(@"^[a-zA-Z0-9,_.]+\z")]
    private static partial Regex Allowed();
}

/// <summary>A key and the type that is forced with it; null: none is.</summary>
internal readonly record struct AnnotationKey(string Name, string? Type);
