using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Store;

/// <summary>Extended attributes of one node that are wanted otherwise than the remote side has them, by name. Immutable, compared by value.</summary>
public sealed partial class XattrChanges : IEquatable<XattrChanges>
{
    public static readonly XattrChanges None = new(ImmutableSortedDictionary.Create<string, XattrChange>(StringComparer.Ordinal));

    private XattrChanges(ImmutableSortedDictionary<string, XattrChange> all) => All = all;

    public bool IsEmpty => All.Count == 0;

    public ImmutableSortedDictionary<string, XattrChange> All { get; }

    public XattrChange? Find(string name) => All.GetValueOrDefault(name);

    public XattrChanges With(string name, XattrChange change) => new(All.SetItem(name, change));

    public XattrChanges Without(string name) => new(All.Remove(name));

    public bool Equals(XattrChanges? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as XattrChanges);

    public override int GetHashCode() => All.Aggregate(0, (hash, change) => HashCode.Combine(hash, change.Key, change.Value));

    /// <summary>Null for none.</summary>
    internal static string? ToText(XattrChanges changes) => changes.IsEmpty
        ? null
        : JsonSerializer.Serialize(changes.All.ToDictionary(), ChangesJson.Default.DictionaryStringXattrChange);

    /// <summary>What cannot be read is none: damage that SQLite cannot see must not keep the rest of the journal from being sent.</summary>
    internal static XattrChanges FromText(string? text)
    {
        if (text is null)
            return None;
        try
        {
            var changes = JsonSerializer.Deserialize(text, ChangesJson.Default.DictionaryStringXattrChange) ?? [];
            return new XattrChanges(changes.ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return None;
        }
    }

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Dictionary<string, XattrChange>))]
    private sealed partial class ChangesJson : JsonSerializerContext;
}
