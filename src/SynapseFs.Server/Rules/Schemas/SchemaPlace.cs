using SynapseFs.Api;

namespace SynapseFs.Server.Rules.Schemas;

/// <summary>Where validation is: in the instance and in the schema, both as JSON pointers.</summary>
internal readonly record struct SchemaPlace(string Pointer, string Location)
{
    public SchemaViolation Violation(string keyword, string message) =>
        new() { Keyword = keyword, PointerToViolation = Pointer, Message = message, SchemaLocation = Location };

    public SchemaPlace Inner(string name, string locationStep) => new($"{Pointer}/{Escape(name)}", $"{Location}/{locationStep}");

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
