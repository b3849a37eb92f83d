using System.Text.Json;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Tree;

/// <summary>
/// What must hold of the fields that only some kinds of entity have: refuses what the service refuses, and returns the fields as they
/// are kept, with those that the service derives.
/// </summary>
/// <param name="caller">Who writes.</param>
/// <param name="id">Of the entity, also of one that is being made.</param>
/// <param name="fields">The fields that were sent, unknown and null ones left out.</param>
internal delegate IReadOnlyDictionary<string, JsonElement> FieldRule(
    Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields);

/// <summary>The rules by kind of entity, each told by the area that knows the kind.</summary>
internal sealed class FieldRules
{
    private readonly Dictionary<string, FieldRule> _rules = new(StringComparer.Ordinal);

    public void Add(string shortName, FieldRule rule) => _rules.Add(shortName, rule);

    public IReadOnlyDictionary<string, JsonElement> Apply(
        string shortName, Caller caller, long id, IReadOnlyDictionary<string, JsonElement> fields) =>
        _rules.TryGetValue(shortName, out var rule) ? rule(caller, id, fields) : fields;
}
