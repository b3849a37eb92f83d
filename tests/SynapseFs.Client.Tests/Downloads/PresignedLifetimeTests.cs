using SynapseFs.Client.Downloads;

namespace SynapseFs.Client.Tests.Downloads;

internal sealed class PresignedLifetimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 10, TimeSpan.Zero);

    [TestCase("https://s3/x?X-Amz-Date=20260102T030410Z&X-Amz-Expires=30&X-Amz-Signature=s", 30)]
    [TestCase("https://s3/x?X-Amz-Date=20260102T030400Z&X-Amz-Expires=30", 20)]
    [TestCase("https://cf/x?Expires=1&X-Amz-Date=20260102T030410Z&X-Amz-Expires=15", 15)]
    [TestCase("https://gcs/x?X-Goog-Date=20260102T030410Z&X-Goog-Expires=12", 12)]
    [TestCase("https://s3/x?X-Amz-Expires=30", 30)]
    [TestCase("https://s3/x?X-Amz-Date=rubbish&X-Amz-Expires=30", 30)]
    [TestCase("https://host/file.txt", 30)]
    [TestCase("https://host/file.txt?X-Amz-Expires=soon", 30)]
    public void Reads_what_is_left_from_the_query(string address, int seconds) =>
        Assert.That(PresignedLifetime.Of(new Uri(address), Now), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("20260102T020000Z")]
    [TestCase("20260102T040000Z")]
    public void A_signer_whose_clock_is_elsewhere_does_not_make_a_fresh_address_old_or_eternal(string signed) =>
        Assert.That(PresignedLifetime.Of(new Uri($"https://s3/x?X-Amz-Date={signed}&X-Amz-Expires=30"), Now),
            Is.EqualTo(TimeSpan.FromSeconds(30)));
}
