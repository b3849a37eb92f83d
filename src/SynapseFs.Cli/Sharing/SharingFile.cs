using System.Text.Json;
using System.Text.Json.Serialization;
using SynapseFs.Cli.Showing;

namespace SynapseFs.Cli.Sharing;

/// <summary>What stands in an entity's <c>access.json</c>.</summary>
internal sealed record SharingFile
{
    public const string FileName = "access.json";

    public required bool Inherits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InheritsFrom { get; init; }

    /// <summary>By name a level, or an array of access types.</summary>
    public required IReadOnlyDictionary<string, JsonElement> SharedWith { get; init; }

    public static async Task<SharingFile> ReadAsync(MountedEntity entity) =>
        JsonSerializer.Deserialize(await File.ReadAllTextAsync(entity.FaceOf(FileName)), CliJson.Readable.SharingFile)!;

    public string ToText() => JsonSerializer.Serialize(this, CliJson.Readable.SharingFile) + "\n";

    /// <summary>A level or the access types, for people.</summary>
    public static string CanOf(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : string.Join(", ", value.EnumerateArray().Select(type => type.GetString()));

    /// <summary>The name in the list that means the same as another: capitals and punctuation do not count.</summary>
    public string? NameLike(string name) => SharedWith.Keys.FirstOrDefault(present => Alias(present) == Alias(name));

    /// <summary>A list of its own, with another level for a name; null takes the name out.</summary>
    public SharingFile With(string name, string? level)
    {
        var changed = SharedWith.Where(entry => Alias(entry.Key) != Alias(name)).ToDictionary(entry => entry.Key, entry => entry.Value);
        if (level is not null)
            changed[NameLike(name) ?? name] = JsonSerializer.SerializeToElement(level, CliJson.Readable.String);
        return new SharingFile { Inherits = false, SharedWith = changed };
    }

    public bool IsSameListAs(SharingFile other) =>
        SharedWith.Count == other.SharedWith.Count
        && SharedWith.All(entry => other.NameLike(entry.Key) is { } like && CanOf(other.SharedWith[like]) == CanOf(entry.Value));

    private static string Alias(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
