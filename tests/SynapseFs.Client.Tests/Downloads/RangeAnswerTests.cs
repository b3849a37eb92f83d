using System.Net;
using System.Net.Http.Headers;
using SynapseFs.Client.Downloads;

namespace SynapseFs.Client.Tests.Downloads;

internal sealed class RangeAnswerTests
{
    [TestCase(10, 20L, 10, 19, 100L, 10L)]
    [TestCase(10, null, 10, 99, 100L, 90L)]
    [TestCase(10, 20L, 10, 14, 100L, 5L)]
    public void A_range_that_begins_where_asked_is_taken(long position, long? end, long from, long to, long? total, long? length) =>
        Assert.That(Read(HttpStatusCode.PartialContent, position, end, new ContentRangeHeaderValue(from, to, total!.Value), length),
            Is.EqualTo(new RangeAnswer(0, total)));

    [TestCase(10, 20L, 11, 19, null)]
    [TestCase(10, 20L, 9, 19, null)]
    [TestCase(10, 20L, 10, 20, null)]
    [TestCase(10, 20L, 10, 19, 5L)]
    public void A_range_that_does_not_fit_is_a_broken_transfer(long position, long? end, long from, long to, long? length) =>
        Assert.That(() => Read(HttpStatusCode.PartialContent, position, end, new ContentRangeHeaderValue(from, to, 100), length),
            Throws.InstanceOf<IOException>());

    [Test]
    public void A_partial_answer_without_a_range_is_a_broken_transfer() =>
        Assert.That(() => Read(HttpStatusCode.PartialContent, 10, 20, null, 10), Throws.InstanceOf<IOException>());

    [Test]
    public void A_whole_answer_is_skipped_forward_to_the_position() =>
        Assert.That(Read(HttpStatusCode.OK, 10, null, null, 100), Is.EqualTo(new RangeAnswer(10, 100)));

    [Test]
    public void Skipping_has_its_limit() =>
        Assert.That(() => Read(HttpStatusCode.OK, RangeAnswer.LongestSkip + 1, null, null, null),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.NotSupported));

    private static RangeAnswer Read(HttpStatusCode status, long position, long? end, ContentRangeHeaderValue? range, long? length)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentRange = range;
        content.Headers.ContentLength = length;
        return RangeAnswer.Read(status, content.Headers, position, end);
    }
}
