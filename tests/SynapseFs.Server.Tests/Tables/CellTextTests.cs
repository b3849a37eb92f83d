using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tests.Tables;

public sealed class CellTextTests
{
    [TestCase("BOOLEAN", "TRUE", "true")]
    [TestCase("INTEGER", "-9223372036854775808", "-9223372036854775808")]
    [TestCase("INTEGER", "+007", "7")]
    [TestCase("DOUBLE", "1.50", "1.5")]
    [TestCase("DOUBLE", "nan", "NaN")]
    [TestCase("DOUBLE", "-inf", "-Infinity")]
    [TestCase("DOUBLE", "∞", "Infinity")]
    [TestCase("DATE", "1767323045006", "1767323045006")]
    [TestCase("DATE", "2026-01-02 03:04:05.006", "1767323045006")]
    [TestCase("DATE", "26-1-2 3:4", "1767323040000")]
    [TestCase("DATE", "2026-01-02T03:04:05.006Z", "1767323045006")]
    [TestCase("DATE", "2026-01-02T03:04:05+02:00", "1767315845000")]
    [TestCase("DATE", "1969-12-31", "-86400000")]
    [TestCase("ENTITYID", "123", "syn123")]
    [TestCase("ENTITYID", "SYN123.4", "syn123")]
    [TestCase("STRING_LIST", """[ "a", 1, true ]""", """["a","1","true"]""")]
    [TestCase("INTEGER_LIST", """["1", 2]""", "[1,2]")]
    [TestCase("BOOLEAN_LIST", """["TRUE", false]""", "[true,false]")]
    [TestCase("ENTITYID_LIST", """["1", "syn2"]""", """["syn1","syn2"]""")]
    [TestCase("DATE_LIST", """["1970-01-02"]""", "[86400000]")]
    [TestCase("STRING_LIST", "[]", null)]
    [TestCase("JSON", """{"a": 1}""", """{"a": 1}""")]
    [TestCase("STRING_LIST", "['a', 'b\\'c', d]", """["a","b'c","d"]""")]
    [TestCase("BOOLEAN_LIST", "[True, False]", "[true,false]")]
    [TestCase("STRING_LIST", """["D'A", '"',]""", """["D'A","\""]""")]
    [TestCase("JSON", """{'a': "it's", 'b': [1, -2.5, None, x y], 'c': {}}""", """{"a":"it's","b":[1,-2.5,"None","x y"],"c":{}}""")]
    public void Texts_become_normal(string type, string text, string? normal) =>
        Assert.That(CellText.Normalize(Column(type), text), Is.EqualTo(normal));

    [TestCase("BOOLEAN", "yes", "Not a boolean: yes")]
    [TestCase("INTEGER", "1.0", "For input string: \"1.0\"")]
    [TestCase("INTEGER", "9223372036854775808", "For input string: \"9223372036854775808\"")]
    [TestCase("DOUBLE", "x", "For input string: \"x\"")]
    [TestCase("DATE", "2026-02-30", "Invalid format: \"2026-02-30\" is malformed")]
    [TestCase("ENTITYID", "x", "x is not a valid Synapse ID.")]
    [TestCase("STRING", "123456", "String '123456' exceeds the maximum length of 5 characters.")]
    [TestCase("STRING_LIST", "a", "Not a JSON Array: a")]
    [TestCase("STRING_LIST", "[null]", "null value is not allowed")]
    [TestCase("INTEGER_LIST", "[1,2,3,4]", "Exceeds the maximum number of list elements defined in the ColumnModel (3): \"[1,2,3,4]\"")]
    [TestCase("STRING_LIST", "['a'", "Not a JSON Array: ['a'")]
    [TestCase("STRING_LIST", "[a b", "Not a JSON Array: [a b")]
    [TestCase("STRING_LIST", "['\\x']", "Not a JSON Array: ['\\x']")]
    [TestCase("STRING_LIST", "['a',,'b']", "null value is not allowed")]
    [TestCase("STRING_LIST", "{'a': 1}", "Not a JSON Array: {'a': 1}")]
    [TestCase("JSON", "{'a' 1}", "Invalid JSON object or array: {'a' 1}")]
    [TestCase("JSON", "{a:1,a:2}", "Invalid JSON object or array: {a:1,a:2}")]
    [TestCase("JSON", "1", "Invalid JSON object or array: 1")]
    public void What_does_not_fit_is_refused(string type, string text, string reason) =>
        Assert.That(() => CellText.Normalize(Column(type), text), Throws.TypeOf<ServiceException>().With.Message.EqualTo(reason));

    private static ColumnModel Column(string type) =>
        new() { Id = "1", Name = "a", ColumnType = type, MaximumSize = 5, MaximumListLength = 3 };
}
