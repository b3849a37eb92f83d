using System.Text;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;

namespace SynapseFs.Server.Tests.Rules;

public sealed class FileRuleTests
{
    [TestCase("a.txt", "a.txt")]
    [TestCase("../../etc/passwd", ".._.._etc_passwd")]
    [TestCase("..", "file")]
    [TestCase("", "file")]
    [TestCase(null, "file")]
    [TestCase("C:\\x\ny", "C__x_y")]
    public void A_name_in_a_zip_stays_in_its_folder(string? name, string expected) =>
        Assert.That(new ZipNames("Flat").Of(name, 138000001), Is.EqualTo(expected));

    [Test]
    public void Equal_names_are_numbered_before_the_first_dot()
    {
        var names = new ZipNames("Flat");

        var given = new[] { "a.tar.gz", "a(1).tar.gz", "a.tar.gz", "a.tar.gz", "b", "b" }.Select(name => names.Of(name, 1)).ToArray();

        Assert.That(given, Is.EqualTo(new[] { "a.tar.gz", "a(1).tar.gz", "a(2).tar.gz", "a(3).tar.gz", "b", "b(1)" }));
    }

    [TestCase("lab-bucket", true)]
    [TestCase("a_b.example.org", true)]
    [TestCase("..", false)]
    [TestCase("a/b", false)]
    [TestCase("a..b", false)]
    [TestCase("-a", false)]
    [TestCase("1.2.3.4", false)]
    [TestCase("", false)]
    public void A_bucket_is_named_like_a_domain(string name, bool isGood) =>
        Assert.That(StorageLocationRules.IsBucketName(name), Is.EqualTo(isGood));

    [TestCase("text/plain; charset=utf-8", "a", true)]
    [TestCase("application/vnd.ms-excel", "a.CSV", true)]
    [TestCase("application/vnd.ms-excel", "a.xls", false)]
    [TestCase("image/png", "a.png", false)]
    [TestCase("no type", "a.txt", false)]
    [TestCase(null, "a.txt", false)]
    public void Previews_are_made_of_texts_and_tables(string? type, string name, bool isMade) =>
        Assert.That(PreviewRules.IsMadeFor(type, name), Is.EqualTo(isMade));

    [TestCase("text/csv", "a,\"b \"\"c\"\"\",\r\n1,2,3\n", "\"a\",\"b \"\"c\"\"\",\"\"\n\"1\",\"2\",\"3\"\n")]
    [TestCase("text/tsv", "a\tb,c", "\"a\",\"b,c\"\n")]
    [TestCase("text/csv", "", "")]
    public void A_table_is_shown_in_quotes(string type, string content, string expected) =>
        Assert.That(Encoding.UTF8.GetString(PreviewRules.Make(type, "a", content)!.Bytes), Is.EqualTo(expected));

    [Test]
    public void A_big_table_is_cut_on_every_side()
    {
        var row = string.Join(',', Enumerable.Repeat(new string('x', 60), 25));

        var lines = Encoding.UTF8.GetString(PreviewRules.Make("text/csv", "a", string.Join('\n', Enumerable.Repeat(row, 40)))!.Bytes)
            .TrimEnd('\n').Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(31));
            Assert.That(lines[0].Split(','), Has.Length.EqualTo(21));
            Assert.That(lines[0], Does.StartWith($"\"{new string('x', 40)}&hellip;\",").And.EndsWith("\"&hellip;\""));
            Assert.That(lines[30].Split(',').Distinct(), Is.EqualTo(new[] { "\"&hellip;\"" }));
        });
    }

    [TestCase("é.txt", "attachment; filename=\"é.txt\"; filename*=utf-8''%C3%A9.txt")]
    [TestCase("a\r\nX: y", "attachment; filename=\"a__X: y\"; filename*=utf-8''a%0D%0AX%3A%20y")]
    [TestCase("日.txt", "attachment; filename=\"_.txt\"; filename*=utf-8''%E6%97%A5.txt")]
    public void A_file_name_fits_a_header(string name, string expected) => Assert.That(Disposition.Of(name), Is.EqualTo(expected));

    [TestCase(1, 0, 100)]
    [TestCase(3, 200, 50)]
    public void The_last_part_of_a_copy_is_what_is_left(long number, long start, long length) =>
        Assert.That(UploadRules.PartRange(number, 100, 250), Is.EqualTo(new ByteRange(start, length)));
}
