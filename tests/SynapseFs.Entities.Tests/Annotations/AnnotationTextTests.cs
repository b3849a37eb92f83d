using SynapseFs.Api;
using SynapseFs.Entities.Annotations;

namespace SynapseFs.Entities.Tests.Annotations;

internal sealed class AnnotationTextTests
{
    [TestCase("STRING", "Homo sapiens", "Homo sapiens")]
    [TestCase("STRING", "", "")]
    [TestCase("STRING", "Gehör \"quoted\"", "Gehör \"quoted\"")]
    [TestCase("LONG", "+150", "+150")]
    [TestCase("DOUBLE", "NaN", "NaN")]
    [TestCase("DOUBLE", "1e-3", "1e-3")]
    [TestCase("BOOLEAN", "TRUE", "true")]
    [TestCase("TIMESTAMP_MS", "1704164645678", "2024-01-02T03:04:05.678Z")]
    [TestCase("TIMESTAMP_MS", "-1", "1969-12-31T23:59:59.999Z")]
    [TestCase("TIMESTAMP_MS", "9223372036854775807", "9223372036854775807")]
    [TestCase(null, "anything", "anything")]
    public void One_value_is_its_text(string? type, string value, string expected) =>
        Assert.That(Format(type, value), Is.EqualTo(expected));

    [TestCase("STRING", "[\"a\",\"b, \\\"c\\\"\",\"Gehör\"]", "a", "b, \"c\"", "Gehör")]
    [TestCase("LONG", "[1,5,-3]", "1", "+5", "-3")]
    [TestCase("LONG", "[\"99999999999999999999\",1]", "99999999999999999999", "1")]
    [TestCase("DOUBLE", "[0.25,1e-3,\"NaN\",\"-Infinity\",\".5\"]", "0.25", "1e-3", "NaN", "-Infinity", ".5")]
    [TestCase("BOOLEAN", "[true,false]", "True", "false")]
    [TestCase("TIMESTAMP_MS", "[\"1970-01-01T00:00:00.000Z\",\"2024-01-02T03:04:05.678Z\"]", "0", "1704164645678")]
    public void Several_values_are_a_json_array_that_keeps_their_type(string type, string expected, params string[] values) =>
        Assert.That(Format(type, values), Is.EqualTo(expected));

    [TestCase("STRING")]
    [TestCase("LONG")]
    public void No_value_is_an_empty_array(string type) => Assert.That(Format(type), Is.EqualTo("[]"));

    private static string Format(string? type, params string[] values) =>
        AnnotationText.Format(new AnnotationsValue { Type = type, Value = values });
}
