using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SynapseFs.Server.Endpoints;

/// <summary>Answers that have no record of their own.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class EndpointJson : JsonSerializerContext;
