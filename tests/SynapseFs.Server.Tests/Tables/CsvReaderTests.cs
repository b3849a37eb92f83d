using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Csv;

namespace SynapseFs.Server.Tests.Tables;

public sealed class CsvReaderTests
{
    private const string Null = "(null)";

    [TestCase("a,b\n1,2\n", "a|b", "1|2")]
    [TestCase("a,b\r\n1,2", "a|b", "1|2")]
    [TestCase("\uFEFFa,b", "a|b")]
    [TestCase("a,,\"\",b", "a|(null)||b")]
    [TestCase(",\n", "(null)|(null)")]
    [TestCase("\n\na\n\n\nb\n\n", "a", "b")]
    [TestCase("\"a \"\"quoted\"\" word\",x", "a \"quoted\" word|x")]
    [TestCase("\"a \\\"quoted\\\" word\",x", "a \"quoted\" word|x")]
    [TestCase("\"a\\\\b\"", "a\\b")]
    [TestCase("\"a\\b\"", "ab")]
    [TestCase("\"two\nlines\",x\ny", "two\nlines|x", "y")]
    [TestCase("\"two\r\nlines\"", "two\nlines")]
    [TestCase("\"a,b\",c", "a,b|c")]
    [TestCase("a \"b\" c,d", "a \"b\" c|d")]
    [TestCase(" a , b ", " a | b ")]
    [TestCase("\"unclosed,1\n2", "unclosed,1\n2")]
    public void Records_are_read_as_opencsv_reads_them(string text, params string[] records)
    {
        var reader = new CsvReader(new StringReader(text), CsvFormat.Of(null));

        Assert.That(All(reader), Is.EqualTo(records));
    }

    [Test]
    public void Separator_quote_and_escape_are_free()
    {
        var format = CsvFormat.Of(new CsvTableDescriptor { Separator = "\t", QuoteCharacter = "'", EscapeCharacter = "^" });
        var reader = new CsvReader(new StringReader("'a^'b'\t\"c\\d\"\t''"), format);

        Assert.That(All(reader), Is.EqualTo(new[] { "a'b|\"c\\d\"|" }));
    }

    [TestCase(",,", "\"", "\\", "CsvTableDescriptor.separator must be exactly one character.")]
    [TestCase(",", "", "\\", "CsvTableDescriptor.quoteCharacter must be exactly one character.")]
    [TestCase(",", "\"", ",", "The separator, quote, and escape characters must be different!")]
    public void An_unusable_format_is_refused(string separator, string quote, string escape, string reason)
    {
        var descriptor = new CsvTableDescriptor { Separator = separator, QuoteCharacter = quote, EscapeCharacter = escape };

        Assert.That(() => CsvFormat.Of(descriptor), Throws.TypeOf<ServiceException>().With.Message.EqualTo(reason));
    }

    [Test]
    public void Long_texts_pass_the_buffers_edges_unharmed()
    {
        var cells = Enumerable.Range(0, 50_000).Select(number => $"\"{number}\"\"\r\nx\"").ToArray();
        var reader = new CsvReader(new StringReader(string.Join(',', cells)), CsvFormat.Of(null));

        var record = reader.Read()!;

        Assert.That(record, Is.EqualTo(Enumerable.Range(0, 50_000).Select(number => $"{number}\"\nx")));
    }

    [Test]
    public void Lines_are_skipped_as_they_stand()
    {
        var reader = new CsvReader(new StringReader("a \"title\r\nsecond\na,b\n"), CsvFormat.Of(null));

        reader.SkipLines(2);

        Assert.That(All(reader), Is.EqualTo(new[] { "a|b" }));
    }

    private static List<string> All(CsvReader reader)
    {
        var all = new List<string>();
        while (reader.Read() is { } record)
        {
            all.Add(string.Join('|', record.Select(cell => cell ?? Null)));
        }

        return all;
    }
}
