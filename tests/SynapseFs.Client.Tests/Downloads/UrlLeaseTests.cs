using Microsoft.Extensions.Time.Testing;
using SynapseFs.Client.Downloads;

namespace SynapseFs.Client.Tests.Downloads;

internal sealed class UrlLeaseTests
{
    [TestCase(30, 24.9, true)]
    [TestCase(30, 25.1, false)]
    [TestCase(2, 1.4, true)]
    [TestCase(2, 1.6, false)]
    public void A_lease_ends_before_its_address_does(double lifetime, double age, bool fresh)
    {
        var time = new FakeTimeProvider();
        var lease = new UrlLease(new SignedAddress(new Uri("https://s3/x?secret")), null, time.GetTimestamp(), TimeSpan.FromSeconds(lifetime));

        time.Advance(TimeSpan.FromSeconds(age));

        Assert.That(lease.IsFresh(time), Is.EqualTo(fresh));
        Assert.That(lease.ToString(), Does.Not.Contain("secret"));
    }
}
