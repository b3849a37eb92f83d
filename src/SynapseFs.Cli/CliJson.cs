using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SynapseFs.Cli.Checks;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Finding;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Serving;
using SynapseFs.Cli.Sharing;
using SynapseFs.Cli.Showing;
using SynapseFs.Cli.Trash;
using SynapseFs.Cli.Unsent;
using SynapseFs.Entities.Provenance;
using SynapseFs.Vfs;

namespace SynapseFs.Cli;

/// <summary>The program's own files and machine-readable output.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true)]
[JsonSerializable(typeof(MountRecord))]
[JsonSerializable(typeof(MountReport))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(ReadyFile))]
[JsonSerializable(typeof(RememberedMount))]
[JsonSerializable(typeof(UnsentNote))]
[JsonSerializable(typeof(ProvenanceGraph))]
[JsonSerializable(typeof(IReadOnlyList<TrashedThing>))]
[JsonSerializable(typeof(EntityCard))]
[JsonSerializable(typeof(SharingFile))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(FindReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>For people and scripts on a terminal: names keep their letters instead of \u escapes. Never embedded in HTML.</summary>
    public static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { ControlJson.PendingStates, new JsonStringEnumConverter<NodeType>(JsonNamingPolicy.CamelCase) },
    });
}
