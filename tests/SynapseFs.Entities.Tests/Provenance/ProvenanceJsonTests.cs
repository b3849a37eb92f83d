using System.Text;
using SynapseFs.Api;
using SynapseFs.Entities.Provenance;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Provenance;

internal sealed class ProvenanceJsonTests
{
    [Test]
    public void All_that_can_be_said_comes_back_in_order()
    {
        var activity = Read("""
            {"used":["syn12.3","https://example.org/b","SYN5.1","syn5"],"name":"align","description":"with bwa",
             "executed":[{"name":"pipeline","url":"https://github.com/x/y"},"syn7.2"]}
            """);

        Assert.That(Text(activity), Is.EqualTo("""
            {
              "description": "with bwa",
              "executed": [
                "syn7.2",
                {
                  "name": "pipeline",
                  "url": "https://github.com/x/y"
                }
              ],
              "name": "align",
              "used": [
                "syn5",
                "syn5.1",
                "syn12.3",
                "https://example.org/b"
              ]
            }

            """));
        Assert.That(Text(Read(Text(activity))), Is.EqualTo(Text(activity)));
        Assert.That(activity!.Used!.All(item => item.ConcreteType is Used.Entity or Used.Address), Is.True);
    }

    [Test]
    public void Nothing_recorded_is_an_empty_object()
    {
        Assert.That(Text(null), Is.EqualTo("{}\n"));
        Assert.That(Read("{}"), Is.Null);
    }

    [Test]
    public void What_is_named_twice_is_used_once() =>
        Assert.That(Read("""{"used":["syn5.1","syn5.1"],"executed":["syn5.1"]}""")!.Used, Has.Count.EqualTo(2));

    [TestCase("", "It is empty; no provenance is {}")]
    [TestCase("{", "It is no JSON")]
    [TestCase("[]", "one JSON object")]
    [TestCase("{\"inputs\":[]}", "'inputs' is no field of it; there are name, description, used, executed")]
    [TestCase("{\"name\":\"a\",\"name\":\"b\"}", "stands there twice")]
    [TestCase("{\"name\":7}", "'name' has to be a text")]
    [TestCase("{\"description\":null}", "'description' has to be a text")]
    [TestCase("{\"used\":\"syn5\"}", "'used' has to be a list")]
    [TestCase("{\"used\":[5]}", "lists ids and addresses")]
    [TestCase("{\"used\":[\"\"]}", "neither an id")]
    [TestCase("{\"used\":[\"5.1\"]}", "neither an id")]
    [TestCase("{\"used\":[\"syn0\"]}", "neither an id")]
    [TestCase("{\"used\":[\"syn5.x\"]}", "neither an id")]
    [TestCase("{\"executed\":[\"run.py\"]}", "'run.py' in 'executed' is neither an id")]
    [TestCase("{\"executed\":[\"/home/me/run.py\"]}", "neither an id")]
    [TestCase("{\"executed\":[\"s3://bucket/run.py\"]}", "neither an id")]
    [TestCase("{\"executed\":[{\"name\":\"x\"}]}", "needs a url")]
    [TestCase("{\"executed\":[{\"url\":\"https://x.org\",\"version\":1}]}", "'version' is no field of it; there are name, url")]
    public void What_cannot_be_is_told_in_words(string text, string words) => Assert.That(
        () => Read(text),
        Throws.TypeOf<FsException>().With.Message.Contains(words).And.Property(nameof(FsException.Error)).EqualTo(FsError.InvalidArgument));

    [Test]
    public void What_Synapse_has_no_room_for_is_too_long()
    {
        var random = new Random(1);
        var name = new string([.. Enumerable.Range(0, 120_000).Select(_ => (char)('a' + random.Next(26)))]);

        Assert.That(() => Read($$"""{"name":"{{name}}"}"""), Throws.TypeOf<FsException>().With.Message.Contains("too long"));
        Assert.That(Read($$"""{"name":"{{name[..20_000]}}"}""")!.Name, Has.Length.EqualTo(20_000));
    }

    [TestCase("{\"name\":\"align\",\"used\":[\"syn5.1\",\"syn6\"],\"executed\":[\"https://x.org/a\"]}", "align: used syn5.1, syn6; executed https://x.org/a")]
    [TestCase("{\"name\":\"two\\nlines\"}", "two lines")]
    [TestCase("{\"executed\":[\"syn5.1\"]}", "executed syn5.1")]
    [TestCase("{\"description\":\"x\"}", "an activity without a name")]
    public void The_summary_is_one_line(string text, string summary) =>
        Assert.That(ProvenanceText.Summary(Read(text)!), Is.EqualTo(summary));

    [Test]
    public void The_summary_of_many_is_short()
    {
        var used = string.Join(',', Enumerable.Range(1, 50).Select(number => $"\"syn{number}.1\""));

        Assert.That(ProvenanceText.Summary(Read($$"""{"used":[{{used}}]}""")!), Does.EndWith("syn10.1 and 40 more"));
    }

    private static Activity? Read(string text) => ProvenanceJson.Read(Encoding.UTF8.GetBytes(text));

    private static string Text(Activity? activity) => Encoding.UTF8.GetString(ProvenanceJson.Write(activity).Bytes.Span);
}
