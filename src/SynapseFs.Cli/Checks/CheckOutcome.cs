using System.Text.Json.Serialization;

namespace SynapseFs.Cli.Checks;

[JsonConverter(typeof(JsonStringEnumConverter<CheckOutcome>))]
internal enum CheckOutcome
{
    [JsonStringEnumMemberName("ok")]
    Ok,
    /// <summary>Works, but something will not.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,
    /// <summary>Mounting will not work.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}
