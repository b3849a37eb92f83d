using System.Net;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class UserBundleTests
{
    [Test]
    public async Task A_bundle_holds_what_the_mask_asks_for()
    {
        var users = new[]
        {
            new ServerUser { Name = "reader", Token = "reader-token" },
            new ServerUser { Name = "officer", Token = "officer-token", IsCertified = false, Teams = [464532] },
        };
        await using var test = await TestServer.StartAsync(options => options with { Users = users });
        var officer = test.Server.Accounts[1].PrincipalId;

        var own = await test.Reader.DoAsync("GET", "/repo/v1/user/bundle?mask=127");
        var other = await test.Reader.DoAsync("GET", $"/repo/v1/user/{officer}/bundle?mask=56");
        var profile = await test.Reader.DoAsync("GET", $"/repo/v1/user/{officer}/bundle?mask=1");

        Assert.Multiple(() =>
        {
            Assert.That((string?)own["userProfile"]!["emails"]![0], Is.EqualTo("reader@example.org"));
            Assert.That((bool)own["isCertified"]!, Is.True);
            Assert.That((bool)own["isVerified"]!, Is.False);
            Assert.That((bool)own["isACTMember"]!, Is.False);
            Assert.That((bool)own["isARReviewer"]!, Is.False);
            Assert.That(other["userProfile"], Is.Null);
            Assert.That((bool)other["isCertified"]!, Is.False);
            Assert.That((bool)other["isACTMember"]!, Is.True);
            Assert.That(profile["userProfile"]!["emails"], Is.Null, "private");
            Assert.That(profile["isCertified"], Is.Null);
        });
    }

    [TestCase("/repo/v1/user/273949/bundle?mask=1", 404, "UserProfile cannot be found for: 273949")]
    [TestCase("/repo/v1/user/273948/bundle?mask=1", 404, "UserProfile cannot be found for: 273948")]
    [TestCase("/repo/v1/user/273949/bundle?mask=8", 400, "Principal: 273949 is not a User")]
    [TestCase("/repo/v1/user/1/bundle?mask=8", 404, "Principal '1' does not exist")]
    [TestCase("/repo/v1/user/bundle", 400, "Required request parameter 'mask' for method parameter type int is not present")]
    public async Task Groups_have_no_bundle(string path, int status, string reason)
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Reader.SendAsync("GET", path);

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Anonymous_callers_have_a_bundle_and_no_teams()
    {
        await using var test = await TestServer.StartAsync();

        var bundle = await test.Nobody.DoAsync("GET", "/repo/v1/user/bundle?mask=9");
        var teams = await test.Nobody.DoAsync("GET", "/repo/v1/user/273949/team");

        Assert.Multiple(() =>
        {
            Assert.That((string?)bundle["userProfile"]!["userName"], Is.EqualTo("anonymous"));
            Assert.That((bool)bundle["isCertified"]!, Is.False);
            Assert.That(teams["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task Whoever_is_certified_has_a_passing_record()
    {
        var users = new[]
        {
            new ServerUser { Name = "reader", Token = "reader-token" },
            new ServerUser { Name = "novice", Token = "novice-token", IsCertified = false },
        };
        await using var test = await TestServer.StartAsync(options => options with { Users = users });
        var (reader, novice) = (test.Server.Accounts[0].PrincipalId, test.Server.Accounts[1].PrincipalId);

        var passed = await test.Reader.DoAsync("GET", $"/repo/v1/user/{reader}/certifiedUserPassingRecord");
        var never = await test.Reader.SendAsync("GET", $"/repo/v1/user/{novice}/certifiedUserPassingRecord");

        Assert.Multiple(() =>
        {
            Assert.That((bool)passed["passed"]!, Is.True);
            Assert.That((bool)passed["certified"]!, Is.True);
            Assert.That((string?)passed["passedOn"], Does.EndWith("Z"));
            Assert.That(never.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(never.Reason, Is.EqualTo($"No quiz results for quiz 1 and user {novice}"));
        });
    }
}
