using System.Text;
using SynapseFs.Api;
using SynapseFs.Entities.Annotations;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Annotations;

internal sealed class AnnotationsJsonTests
{
    private static readonly Dictionary<string, AnnotationsValue> Every = new()
    {
        ["when"] = Of("TIMESTAMP_MS", "1704164645678"),
        ["age"] = Of("LONG", "7"),
        ["ratio"] = Of("DOUBLE", "5", "NaN"),
        ["code"] = Of("STRING", "007"),
        ["text"] = Of("STRING", "Gehör \"x\""),
        ["list"] = Of("STRING", "[1]"),
        ["isQC"] = Of("BOOLEAN", "TRUE"),
        ["none"] = Of("LONG"),
    };

    [Test]
    public void Annotations_are_an_object_in_the_order_of_keys() => Assert.That(Text(Every), Is.EqualTo("""
        {
          "age": 7,
          "code": "007",
          "isQC": true,
          "list": "[1]",
          "none": [],
          "ratio": [
            5,
            "NaN"
          ],
          "text": "Gehör \"x\"",
          "when": "2024-01-02T03:04:05.678Z"
        }

        """));

    [Test]
    public void What_is_read_and_written_again_is_as_it_was()
    {
        var again = AnnotationsJson.Read(AnnotationsJson.Write(Every).Bytes, Every);

        Assert.That(Text(again), Is.EqualTo(Text(Every)));
        Assert.That(again.ToDictionary(value => value.Key, value => value.Value.Type), Is.EquivalentTo(Every.ToDictionary(value => value.Key, value => value.Value.Type)));
    }

    [TestCase("{}", "")]
    [TestCase(" { \"a\" : 1 }\n", "a:LONG=1")]
    [TestCase("\uFEFF{\"a\":1}", "a:LONG=1")]
    [TestCase("{\"a:string\":150}", "a:STRING=150")]
    [TestCase("{\"when\":\"2024-01-02\"}", "when:TIMESTAMP_MS=1704153600000")]
    [TestCase("{\"age\":\"8\"}", "age:LONG=8")]
    [TestCase("{\"age\":[8,9]}", "age:LONG=8|9")]
    [TestCase("{\"age\":\"old\"}", "age:STRING=old")]
    public void What_is_written_is_understood(string text, string expected) =>
        Assert.That(Told(AnnotationsJson.Read(Encoding.UTF8.GetBytes(text), Every)), Is.EqualTo(expected));

    [TestCase("", "It is empty")]
    [TestCase("{\"a\":1", "It is no JSON")]
    [TestCase("{\"a\":1,}", "It is no JSON")]
    [TestCase("{a:1}", "It is no JSON")]
    [TestCase("[1]", "one JSON object")]
    [TestCase("7", "one JSON object")]
    [TestCase("{\"a\":{\"type\":\"LONG\"}}", "'a': An annotation is a text")]
    [TestCase("{\"a\":null}", "'a': null is no value")]
    [TestCase("{\"a\":[null]}", "'a': null is no value")]
    [TestCase("{\"a\":[[1]]}", "nested")]
    [TestCase("{\"a\":1,\"a\":2}", "'a' stands there twice")]
    [TestCase("{\"a\":1,\"a:string\":2}", "'a' stands there twice")]
    [TestCase("{\"a b\":1}", "cannot be the key")]
    [TestCase("{\"a:long\":\"x\"}", "'x' is no whole number")]
    public void What_cannot_be_understood_is_refused_in_words(string text, string words) => Assert.That(
        () => AnnotationsJson.Read(Encoding.UTF8.GetBytes(text), Every),
        Throws.InstanceOf<FsException>().With.Message.Contains(words).And.Property(nameof(FsException.Error)).EqualTo(FsError.InvalidArgument));

    [Test]
    public void The_limits_hold_here_too()
    {
        Assert.That(() => Read($"{{\"a\":\"{new string('x', 501)}\"}}"), Throws.InstanceOf<FsException>().With.Message.Contains("'a': An annotation's texts"));
        Assert.That(() => Read("{" + string.Join(',', Enumerable.Range(1, 101).Select(number => $"\"k{number}\":1")) + "}"),
            Throws.InstanceOf<FsException>().With.Message.Contains("at most 100"));

        static void Read(string text) => AnnotationsJson.Read(Encoding.UTF8.GetBytes(text), new Dictionary<string, AnnotationsValue>());
    }

    private static AnnotationsValue Of(string type, params string[] values) => new() { Type = type, Value = values };

    private static string Text(Dictionary<string, AnnotationsValue> annotations) => Encoding.UTF8.GetString(AnnotationsJson.Write(annotations).Bytes.Span);

    private static string Told(Dictionary<string, AnnotationsValue> annotations) =>
        string.Join(' ', annotations.Select(value => $"{value.Key}:{value.Value.Type}={string.Join('|', value.Value.Value!)}"));
}
