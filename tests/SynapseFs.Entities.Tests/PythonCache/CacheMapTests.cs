using System.Text.Json;
using SynapseFs.Entities.PythonCache;

namespace SynapseFs.Entities.Tests.PythonCache;

internal sealed class CacheMapTests
{
    [Test]
    public void Files_come_newest_first_and_old_clients_wrote_the_time_alone()
    {
        var map = CacheMap.TryParse(
            """
            {"/a": "2024-03-01T17:05:09.123Z",
             "/b": {"modified_time": "2025-01-01T00:00:00.000Z", "content_md5": "9e107d9d372bb6826bd81d3542a419d6"},
             "/c": {"modified_time": "2023-01-01T00:00:00.000Z", "content_md5": null},
             "/d": {"content_md5": "x"}, "/e": 7}
            """)!;

        Assert.That(map.Files, Is.EqualTo(new[]
        {
            new CachedFile("/b", "2025-01-01T00:00:00.000Z", "9e107d9d372bb6826bd81d3542a419d6"),
            new CachedFile("/a", "2024-03-01T17:05:09.123Z", null),
            new CachedFile("/c", "2023-01-01T00:00:00.000Z", null),
        }));
    }

    [TestCase("")]
    [TestCase("{\"/a\": {\"modified_ti")]
    [TestCase("[1, 2]")]
    public void What_cannot_be_read_is_no_map(string text) => Assert.That(CacheMap.TryParse(text), Is.Null);

    [Test]
    public void Registering_keeps_what_is_not_understood_and_writes_one_line()
    {
        var map = CacheMap.TryParse("""{"/a": {"modified_time": "t", "later": [1]}, "/b": "old"}""")!;

        map.Put(new CachedFile("/b", "2024-03-01T17:05:09.000Z", "00"));

        var text = map.ToText();
        Assert.That(text, Does.EndWith("}\n").And.Not.Contain("\n{"));
        using var json = JsonDocument.Parse(text);
        Assert.That(json.RootElement.GetProperty("/a").GetProperty("later").GetArrayLength(), Is.EqualTo(1));
        Assert.That(json.RootElement.GetProperty("/b").GetProperty("modified_time").GetString(), Is.EqualTo("2024-03-01T17:05:09.000Z"));
        Assert.That(json.RootElement.GetProperty("/b").GetProperty("content_md5").GetString(), Is.EqualTo("00"));
    }

    // The contract's rules: whole seconds are cut off, old milliseconds are rounded, up to the next second.
    [TestCase("2024-03-01T17:05:09.000Z", 9.0, true)]
    [TestCase("2024-03-01T17:05:09.000Z", 9.9999, true)]
    [TestCase("2024-03-01T17:05:09.000Z", 10.0, false)]
    [TestCase("2024-03-01T17:05:09.123Z", 9.1234, true)]
    [TestCase("2024-03-01T17:05:09.123Z", 9.1236, false)]
    [TestCase("2024-03-01T17:05:09.999Z", 9.9990, true)]
    [TestCase("nonsense", 9.0, false)]
    public void A_file_is_as_registered_when_its_time_is(string registered, double second, bool isSame)
    {
        var modified = new DateTime(2024, 3, 1, 17, 5, 0, DateTimeKind.Utc).AddTicks((long)(second * TimeSpan.TicksPerSecond));

        Assert.That(CacheMap.IsTimeOf(registered, modified), Is.EqualTo(isSame));
    }
}
