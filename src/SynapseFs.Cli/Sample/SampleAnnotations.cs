using SynapseFs.Api;

namespace SynapseFs.Cli.Sample;

/// <summary>Annotations of every type, with one value, several and none.</summary>
internal static class SampleAnnotations
{
    /// <summary>What marks a sample project as whole.</summary>
    public const string CompleteKey = "sample";

    public static IReadOnlyDictionary<string, AnnotationsValue> OfEveryType { get; } = new Dictionary<string, AnnotationsValue>
    {
        ["species"] = Of("STRING", "human"),
        ["tissues"] = Of("STRING", "brain", "liver, left lobe", "Gehör"),
        ["readLength"] = Of("LONG", "150"),
        ["lanes"] = Of("LONG", "1", "2", "3"),
        ["ratio"] = Of("DOUBLE", "0.25"),
        ["scores"] = Of("DOUBLE", "0.5", "NaN", "1e-3"),
        ["isQC"] = Of("BOOLEAN", "true"),
        ["passes"] = Of("BOOLEAN", "true", "false"),
        ["collected"] = Of("TIMESTAMP_MS", "1704164645678"),
        ["visits"] = Of("TIMESTAMP_MS", "1704164645678", "-1"),
        ["noValue"] = Of("STRING"),
    };

    public static IReadOnlyDictionary<string, AnnotationsValue> Complete { get; } = new Dictionary<string, AnnotationsValue>
    {
        [CompleteKey] = Of("STRING", "complete"),
    };

    private static AnnotationsValue Of(string type, params string[] values) => new() { Type = type, Value = values };
}
