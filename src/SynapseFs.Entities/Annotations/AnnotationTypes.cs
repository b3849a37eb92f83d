namespace SynapseFs.Entities.Annotations;

/// <summary>The service's types of annotations, and the words by which a person forces one: <c>user.age:long</c>.</summary>
internal static class AnnotationTypes
{
    public const string String = "STRING";
    public const string Long = "LONG";
    public const string Double = "DOUBLE";
    public const string Boolean = "BOOLEAN";
    public const string Timestamp = "TIMESTAMP_MS";

    public const string Words = "string, long, double, boolean and date";

    /// <summary>Null for a word that is none.</summary>
    public static string? Find(string word) => word switch
    {
        "string" => String,
        "long" => Long,
        "double" => Double,
        "boolean" => Boolean,
        "date" => Timestamp,
        _ => null,
    };

    public static string WordOf(string type) => type switch
    {
        Long => "whole number of 64 bits",
        Double => "number",
        Boolean => "true or false",
        Timestamp => "date, such as 2024-01-02 or 2024-01-02T03:04:05Z",
        _ => "text",
    };
}
