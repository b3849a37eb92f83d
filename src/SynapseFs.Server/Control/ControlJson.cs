using System.Text.Json.Serialization;
using SynapseFs.Server.World.Changes;

namespace SynapseFs.Server.Control;

/// <summary>A rule as the control interface shows it.</summary>
internal sealed record ArmedFault(int Id, int TimesApplied, FaultRule Rule);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // A fault with a misspelt effect would be armed and do nothing.
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LoggedRequest[]))]
[JsonSerializable(typeof(RequestTotals))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(ArmedFault))]
[JsonSerializable(typeof(ArmedFault[]))]
[JsonSerializable(typeof(ChangeRow[]))]
internal sealed partial class ControlJson : JsonSerializerContext;
