using System.Text.Json;
using System.Text.Json.Serialization;
using SynapseFs.Api;

namespace SynapseFs.Server.World;

/// <summary>JSON that stands in columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(IReadOnlyDictionary<string, AnnotationsValue>), TypeInfoPropertyName = "Annotations")]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>), TypeInfoPropertyName = "Fields")]
[JsonSerializable(typeof(Reference))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long[]))]
internal sealed partial class WorldJson : JsonSerializerContext;
