using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SynapseFs.Core;
using SynapseFs.Core.Searching;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Control;

/// <summary>The control socket's lines: each is one JSON object without a line break in it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    public static ControlJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            PendingStates, new JsonStringEnumConverter<NodeType>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<WalkReach>(JsonNamingPolicy.CamelCase),
        },
    });

    /// <summary>The states by their names.</summary>
    public static JsonConverter PendingStates => new JsonStringEnumConverter<PendingState>(JsonNamingPolicy.CamelCase);
}
