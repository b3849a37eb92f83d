using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules.Schemas;

namespace SynapseFs.Server.Tests.Rules;

/// <summary>Each keyword, in the words of the everit library.</summary>
public sealed class SchemaValidatorTests
{
    [TestCase("""{"type":"object","required":["tissue"]}""", "{}", "required", "#", "required key [tissue] not found")]
    [TestCase("""{"type":"string"}""", "1", "type", "#", "expected type: String, found: Long")]
    [TestCase("""{"type":"integer"}""", "1.5", "type", "#", "expected type: Integer, found: Double")]
    [TestCase("""{"type":"number"}""", "\"x\"", "type", "#", "expected type: Number, found: String")]
    [TestCase("""{"type":"array"}""", "{}", "type", "#", "expected type: JSONArray, found: JSONObject")]
    [TestCase("""{"type":"boolean"}""", "[]", "type", "#", "expected type: Boolean, found: JSONArray")]
    [TestCase("""{"type":"null"}""", "true", "type", "#", "expected type: null, found: Boolean")]
    [TestCase("""{"type":["string","null"]}""", "1", "anyOf", "#", "#: no subschema matched out of the total 2 subschemas")]
    [TestCase("""{"enum":["a","b"]}""", "\"c\"", "enum", "#", "c is not a valid enum value")]
    [TestCase("""{"const":3}""", "4", "const", "#", "")]
    [TestCase("""{"not":{"type":"null"}}""", "null", "not", "#", """subject must not be valid against schema {"type":"null"}""")]
    [TestCase("""{"minLength":3}""", "\"ab\"", "minLength", "#", "expected minLength: 3, actual: 2")]
    [TestCase("""{"maxLength":1}""", "\"ab\"", "maxLength", "#", "expected maxLength: 1, actual: 2")]
    [TestCase("""{"pattern":"^a+$"}""", "\"b\"", "pattern", "#", "string [b] does not match pattern ^a+$")]
    [TestCase("""{"format":"date"}""", "\"b\"", "format", "#", "[b] is not a valid date. Expected [yyyy-MM-dd]")]
    [TestCase("""{"format":"email"}""", "\"b\"", "format", "#", "[b] is not a valid email address")]
    [TestCase("""{"minimum":3}""", "2", "minimum", "#", "2 is not greater or equal to 3")]
    [TestCase("""{"maximum":3}""", "4", "maximum", "#", "4 is not less or equal to 3")]
    [TestCase("""{"minItems":2}""", "[1]", "minItems", "#", "expected minimum item count: 2, found: 1")]
    [TestCase("""{"maxItems":0}""", "[1]", "maxItems", "#", "expected maximum item count: 0, found: 1")]
    [TestCase("""{"uniqueItems":true}""", "[1,1.0]", "uniqueItems", "#", "array items are not unique")]
    [TestCase("""{"items":{"type":"string"}}""", "[1]", "type", "#/0", "expected type: String, found: Long")]
    [TestCase("""{"contains":{"const":1}}""", "[2]", "contains", "#", "expected at least one array item to match 'contains' schema")]
    [TestCase("""{"properties":{"a/b":{"type":"string"}}}""", """{"a/b":1}""", "type", "#/a~1b", "expected type: String, found: Long")]
    [TestCase("""{"additionalProperties":false}""", """{"a":1}""", "additionalProperties", "#", "extraneous key [a] is not permitted")]
    [TestCase("""{"additionalProperties":{"type":"null"}}""", """{"a":1}""", "type", "#/a", "expected type: null, found: Long")]
    [TestCase("""{"allOf":[true,false]}""", "1", "allOf", "#", "#: only 1 subschema matches out of 2")]
    [TestCase("""{"anyOf":[false,false]}""", "1", "anyOf", "#", "#: no subschema matched out of the total 2 subschemas")]
    [TestCase("""{"oneOf":[true,true]}""", "1", "oneOf", "#", "#: 2 subschemas matched instead of one")]
    [TestCase("""{"if":true,"then":false}""", "1", "then", "#", "input is invalid against the \"then\" schema")]
    [TestCase("""{"if":false,"else":false}""", "1", "else", "#", "input is invalid against the \"else\" schema")]
    [TestCase("""{"definitions":{"a":{"const":1}},"$ref":"#/definitions/a"}""", "2", "const", "#", "")]
    [TestCase("""{"type":"string","enum":["a"]}""", "\"b\"", "allOf", "#", "#: only 1 subschema matches out of 2")]
    public void A_violation_is_told(string schema, string instance, string keyword, string where, string message)
    {
        var violation = Validate(schema, instance);

        Assert.That(violation, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(violation!.Keyword, Is.EqualTo(keyword));
            Assert.That(violation.PointerToViolation, Is.EqualTo(where));
            Assert.That(violation.Message, Is.EqualTo(message));
        });
    }

    [TestCase("""{}""", "1")]
    [TestCase("""{"required":["a"]}""", "1")]
    [TestCase("""{"minLength":3,"minimum":5}""", "true")]
    [TestCase("""{"type":["string","null"]}""", "null")]
    [TestCase("""{"type":"number"}""", "1.5")]
    [TestCase("""{"enum":[1.0]}""", "1")]
    [TestCase("""{"const":{"a":1,"b":2}}""", """{"b":2,"a":1}""")]
    [TestCase("""{"minLength":1,"maxLength":1}""", "\"\\ud83d\\ude00\"")]
    [TestCase("""{"pattern":"b"}""", "\"abc\"")]
    [TestCase("""{"format":"date-time"}""", "\"2026-01-05T10:00:00.000Z\"")]
    [TestCase("""{"format":"unheard-of"}""", "\"x\"")]
    [TestCase("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"c":1}""")]
    [TestCase("""{"oneOf":[{"enum":["a"]},{"type":"null"}]}""", "\"a\"")]
    [TestCase("""{"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":"x"}""")]
    public void What_is_valid_is_found_so(string schema, string instance) => Assert.That(Validate(schema, instance), Is.Null);

    [Test]
    public void Several_violations_are_one_with_causes_and_flat_messages()
    {
        var violation = Validate(
            """{"type":"object","required":["a"],"properties":{"b":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""", """{"b":1}""")!;

        Assert.Multiple(() =>
        {
            Assert.That(violation.Message, Is.EqualTo("3 schema violations found"));
            Assert.That(SchemaValidator.Messages(violation), Is.EqualTo(new[]
            {
                "#: required key [a] not found",
                "#/b: expected type: String, found: Long",
                "#/b: expected type: null, found: Long",
            }));
        });
    }

    [Test]
    [CancelAfter(20_000)]
    public void Evil_patterns_and_endless_references_end()
    {
        var pattern = Validate("""{"pattern":"^(a|a)*$"}""", $"\"{new string('a', 50)}!\"");
        var backtracking = Validate("""{"pattern":"^(a+)+\\1$"}""", $"\"{new string('a', 50)}!\"");
        var nested = Validate("""{"pattern":"^((a{0,1000}){0,1000}){0,1000}b$"}""", $"\"{new string('a', 500)}\"");
        var loop = Validate("""{"definitions":{"a":{"$ref":"#/definitions/a"}},"$ref":"#/definitions/a"}""", "1");
        var fan = Validate("""{"definitions":{"a":{"anyOf":[{"$ref":"#/definitions/a"},{"$ref":"#/definitions/a"}]}},"$ref":"#/definitions/a"}""", "1");

        Assert.That(new[] { pattern, backtracking, nested, loop, fan }, Has.None.Null);
    }

    [TestCase(1.0, "1.0")]
    [TestCase(-0.25, "-0.25")]
    [TestCase(0.0, "0.0")]
    [TestCase(-0.0, "-0.0")]
    [TestCase(1e7, "1.0E7")]
    [TestCase(9999999.5, "9999999.5")]
    [TestCase(0.001, "0.001")]
    [TestCase(0.00015, "1.5E-4")]
    [TestCase(-1.5e300, "-1.5E300")]
    [TestCase(123456789.125, "1.23456789125E8")]
    [TestCase(0.1 + 0.2, "0.30000000000000004")]
    [TestCase(double.NaN, "NaN")]
    public void Doubles_are_written_as_java_does(double value, string text) => Assert.That(JavaNumbers.Text(value), Is.EqualTo(text));

    [TestCase("my.org-thing", "my.org", "thing", null)]
    [TestCase("my.org-a.b1-1.0.0", "my.org", "a.b1", "1.0.0")]
    [TestCase("https://x.org/repo/v1/schema/type/registered/my.org-a-0.1.2-alpha.1+b7", "my.org", "a", "0.1.2-alpha.1+b7")]
    [TestCase(" my.org - a ", "my.org", "a", null)]
    public void A_schema_id_has_up_to_three_parts(string text, string organization, string schema, string? version) =>
        Assert.That(SchemaId.Parse(text), Is.EqualTo(new SchemaId(organization, schema, version)));

    [TestCase("const")]
    [TestCase("default")]
    [TestCase("enum")]
    public void A_value_nested_too_deeply_is_refused(string keyword)
    {
        var schema = $"{{\"{keyword}\":{new string('[', 9)}{new string(']', 9)}}}";

        Assert.Throws<ServiceException>(() => SchemaText.Read(JsonElement.Parse(schema)));
    }

    private static SchemaViolation? Validate(string schema, string instance)
    {
        var read = SchemaText.Read(JsonElement.Parse(schema));
        return new SchemaValidator(JsonElement.Parse(read.ToJsonString())).Validate(JsonElement.Parse(instance));
    }
}
