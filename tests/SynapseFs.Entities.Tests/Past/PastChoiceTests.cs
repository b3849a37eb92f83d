using SynapseFs.Api;
using SynapseFs.Entities.Past;

namespace SynapseFs.Entities.Tests.Past;

internal sealed class PastChoiceTests
{
    private static readonly DateTimeOffset Moment = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase("1:-2:a 2:-1:b", 2L, null, TestName = "Unchanged since: the newest")]
    [TestCase("1:-2:a 2:-1:b 3:1:c", 2L, 3L, TestName = "The next may have been there, if its bytes were")]
    [TestCase("1:-2:a 2:1:b 3:2:c", 1L, 2L, TestName = "Only the very next")]
    [TestCase("1:1:a 2:2:b", 1L, null, TestName = "The first version came with the file")]
    [TestCase("1:-2:a 2:-1:b 3:1:a", 2L, null, TestName = "Bytes put back say nothing")]
    [TestCase("3:1:c", null, 3L, TestName = "What was before it is deleted")]
    [TestCase("3:-1:c 4:1:c", 3L, null, TestName = "The same bytes as a new version")]
    [TestCase("1:0:a 2:1:b", 1L, 2L, TestName = "The moment itself counts")]
    [TestCase("", null, null, TestName = "Nothing is left")]
    public void A_version_is_chosen(string versions, long? certain, long? doubtful)
    {
        var list = versions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Version).Reverse();

        Assert.That(PastChoice.Of(list, Moment), Is.EqualTo(new PastChoice(certain, doubtful)));
    }

    [Test]
    public void An_id_is_the_same_after_reading()
    {
        var id = new PastId("syn5", Moment.AddMilliseconds(7));

        Assert.That(id.ToString(), Is.EqualTo("syn5@2024-06-01T00:00:00.007Z"));
        Assert.That(PastId.Parse(id.ToString()), Is.EqualTo(id));
    }

    private static VersionInfo Version(string text)
    {
        var parts = text.Split(':');
        return new VersionInfo
        {
            VersionNumber = long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
            ModifiedOn = Moment.AddDays(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)),
            ContentMd5 = parts[2],
        };
    }
}
