using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Entities.Annotations;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Annotations;

internal sealed class AnnotationValuesTests
{
    [TestCase("150", "LONG 150")]
    [TestCase("human", "STRING human")]
    [TestCase("2024-01-02", "TIMESTAMP_MS 1704153600000")]
    [TestCase("[1,2]", "LONG 1|2")]
    [TestCase("[1,2.5]", "DOUBLE 1|2.5")]
    [TestCase("[1.5,\"NaN\"]", "DOUBLE 1.5|NaN")]
    [TestCase("[\"NaN\"]", "STRING NaN")]
    [TestCase("[true,false]", "BOOLEAN true|false")]
    [TestCase("[\"1\",\"2\"]", "STRING 1|2")]
    [TestCase("[\"a\",1,true]", "STRING a|1|true")]
    [TestCase("[\"2024-01-02\",\"2024-01-03\"]", "TIMESTAMP_MS 1704153600000|1704240000000")]
    [TestCase("[\"2024-01-02\",\"later\"]", "STRING 2024-01-02|later")]
    [TestCase("[]", "STRING ")]
    [TestCase("[\"150\"]", "STRING 150")]
    [TestCase("[\"[1]\"]", "STRING [1]")]
    [TestCase("[not json", "STRING [not json")]
    public void A_new_key_has_the_type_of_its_values(string text, string expected) => Assert.That(Resolve(text), Is.EqualTo(expected));

    [TestCase("STRING", "150", "STRING 150")]
    [TestCase("STRING", "[1,true]", "STRING 1|true")]
    [TestCase("LONG", "151", "LONG 151")]
    [TestCase("LONG", "007", "LONG 007")]
    [TestCase("LONG", "many", "STRING many")]
    [TestCase("LONG", "0.5", "DOUBLE 0.5")]
    [TestCase("LONG", "[\"1\",\"2\"]", "LONG 1|2")]
    [TestCase("DOUBLE", "5", "DOUBLE 5")]
    [TestCase("DOUBLE", "NaN", "DOUBLE NaN")]
    [TestCase("BOOLEAN", "FALSE", "BOOLEAN false")]
    [TestCase("BOOLEAN", "maybe", "STRING maybe")]
    [TestCase("TIMESTAMP_MS", "2024-01-02", "TIMESTAMP_MS 1704153600000")]
    [TestCase("TIMESTAMP_MS", "[]", "TIMESTAMP_MS ")]
    public void A_key_keeps_its_type_where_everything_fits(string type, string text, string expected) =>
        Assert.That(Resolve(text, present: type), Is.EqualTo(expected));

    [TestCase("STRING", "150", "STRING 150")]
    [TestCase("LONG", "150", "LONG 150")]
    [TestCase("DOUBLE", "150", "DOUBLE 150")]
    [TestCase("TIMESTAMP_MS", "2024-01-02", "TIMESTAMP_MS 1704153600000")]
    [TestCase("BOOLEAN", "True", "BOOLEAN true")]
    public void A_forced_type_is_the_one(string forced, string text, string expected) =>
        Assert.That(Resolve(text, forced, "STRING"), Is.EqualTo(expected));

    [TestCase("LONG", "abc", "'abc' is no whole number")]
    [TestCase("TIMESTAMP_MS", "yesterday", "is no date")]
    [TestCase("BOOLEAN", "[true,1]", "'1' is no true or false")]
    [TestCase(null, "[[1]]", "nested")]
    [TestCase(null, "[{\"a\":1}]", "nested")]
    [TestCase(null, "[null]", "null is no value")]
    public void What_no_annotation_can_hold_is_refused_in_words(string? forced, string text, string words) =>
        Assert.That(() => Resolve(text, forced), Throws.InstanceOf<FsException>().With.Message.Contains(words)
            .And.Property(nameof(FsException.Error)).EqualTo(FsError.InvalidArgument));

    [Test]
    public void The_limits_are_the_services()
    {
        var most = string.Join(',', Enumerable.Repeat("1", 100));

        Assert.That(Resolve(new string('x', 500)), Does.StartWith("STRING"));
        Assert.That(() => Resolve(new string('x', 501)), TooLarge);
        Assert.That(() => Resolve($"[\"{new string('x', 250)}\",\"{new string('y', 251)}\"]"), TooLarge);
        Assert.That(Resolve($"[{most}]"), Does.StartWith("LONG"));
        Assert.That(() => Resolve($"[{most},1]"), TooLarge);
    }

    [TestCase("STRING", "150")]
    [TestCase("STRING", "[1,2]")]
    [TestCase("STRING", "a", "b")]
    [TestCase("LONG", "+5", "7")]
    [TestCase("DOUBLE", "NaN", ".5", "1")]
    [TestCase("BOOLEAN", "true")]
    [TestCase("TIMESTAMP_MS", "1704164645678", "-1")]
    [TestCase("LONG")]
    public void What_is_shown_and_set_again_is_as_it_was(string type, params string[] values)
    {
        var there = new AnnotationsValue { Type = type, Value = values };

        var again = AnnotationValues.Resolve(AnnotationValues.Read(AnnotationText.Format(there)), null, there);

        Assert.That(AnnotationText.Format(again), Is.EqualTo(AnnotationText.Format(there)));
        Assert.That(again.Type, Is.EqualTo(type));
    }

    [TestCase("age:long", "age", "LONG")]
    [TestCase("a,b_c.d", "a,b_c.d", null)]
    [TestCase("when:date", "when", "TIMESTAMP_MS")]
    [TestCase("synapse.id:string", "synapse.id", "STRING")]
    public void A_key_may_bring_its_type(string text, string key, string? type) =>
        Assert.That(KeyText.Parse(text), Is.EqualTo(new AnnotationKey(key, type)));

    [TestCase("a-b")]
    [TestCase("a b")]
    [TestCase("größe")]
    [TestCase("a/b")]
    [TestCase("age:int")]
    [TestCase(":long")]
    [TestCase("_accessrequirementids")]
    [TestCase("a\n")]
    public void A_key_outside_the_alphabet_is_refused(string text) => Assert.That(
        () => KeyText.Parse(text),
        Throws.InstanceOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(FsError.InvalidArgument));

    [Test]
    public void JSON_tells_texts_from_numbers()
    {
        using var json = JsonDocument.Parse("""["150", 150, 0.5, true, "2024-01-02", "true", ["a", "b"]]""");

        Assert.That(
            json.RootElement.EnumerateArray().Select(value => Text(AnnotationValues.Resolve(AnnotationValues.Read(value), null, null))),
            Is.EqualTo(new[]
            {
                "STRING 150", "LONG 150", "DOUBLE 0.5", "BOOLEAN true", "TIMESTAMP_MS 1704153600000", "STRING true", "STRING a|b",
            }));
    }

    private static NUnit.Framework.Constraints.EqualConstraint<FsError> TooLarge =>
        Throws.InstanceOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(FsError.TooLarge);

    private static string Resolve(string text, string? forced = null, string? present = null) => Text(AnnotationValues.Resolve(
        AnnotationValues.Read(text), forced, present is null ? null : new AnnotationsValue { Type = present, Value = [] }));

    private static string Text(AnnotationsValue value) => $"{value.Type} {string.Join('|', value.Value!)}";
}
