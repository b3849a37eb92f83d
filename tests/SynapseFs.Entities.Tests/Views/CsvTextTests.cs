using System.Text;
using SynapseFs.Entities.Views;

namespace SynapseFs.Entities.Tests.Views;

internal sealed class CsvTextTests
{
    private static readonly TestCaseData[] Texts =
    [
        new TestCaseData("\"a\",\"b\"\n\"1\",\"2\"\n", new string?[][] { ["a", "b"], ["1", "2"] }).SetArgDisplayNames("plain"),
        new TestCaseData("\"1\",,\"\"\n", new string?[][] { ["1", null, ""] }).SetArgDisplayNames("nothing is null, quotes are an empty text"),
        new TestCaseData("\"a \"\"quoted\"\" name\",\"x,y\"\n", new string?[][] { ["a \"quoted\" name", "x,y"] }).SetArgDisplayNames("quotes and commas"),
        new TestCaseData("\"a\\\\b\",\"two\nlines\"\n", new string?[][] { ["a\\b", "two\nlines"] }).SetArgDisplayNames("backslashes and lines"),
        new TestCaseData("\"a\"\r\n,\r\n", new string?[][] { ["a"], [null, null] }).SetArgDisplayNames("line ends of Windows"),
        new TestCaseData("\"a\",\"b\"", new string?[][] { ["a", "b"] }).SetArgDisplayNames("no last line end"),
        new TestCaseData("\"ä€😀\"\n", new string?[][] { ["ä€😀"] }).SetArgDisplayNames("any letters"),
        new TestCaseData("\"a\\\"\"b\"\n", new string?[][] { ["a\\\"b"] }).SetArgDisplayNames("a lone backslash before a doubled quote"),
        new TestCaseData("", Array.Empty<string?[]>()).SetArgDisplayNames("empty"),
    ];

    [TestCaseSource(nameof(Texts))]
    public async Task Rows_come_as_the_service_wrote_them(string text, string?[][] expected)
    {
        using var whole = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.That(await CsvText.ReadAsync(whole, CancellationToken.None).ToListAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_row_longer_than_any_buffer_is_one_row()
    {
        var cell = new string('x', 100_000) + "\"\"" + new string('y', 100_000);
        using var whole = new MemoryStream(Encoding.UTF8.GetBytes($"\"{cell}\",\"z\"\n"));

        var rows = await CsvText.ReadAsync(whole, CancellationToken.None).ToListAsync();

        Assert.That(rows.Single(), Is.EqualTo(new[] { cell.Replace("\"\"", "\"", StringComparison.Ordinal), "z" }));
    }
}
