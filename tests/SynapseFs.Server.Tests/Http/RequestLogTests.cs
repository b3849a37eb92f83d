using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Http;

public sealed class RequestLogTests
{
    [Test]
    public async Task Once_it_is_quiet_all_answered_requests_are_there()
    {
        await using var test = await TestServer.StartAsync();
        test.Server.Log.Reset();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => test.Owner.DoAsync("GET", "/repo/v1/version")));
        await test.Server.Log.QuietAsync(CancellationToken.None);

        Assert.That(test.Server.Log.Requests, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task It_is_not_quiet_while_a_request_is_under_way()
    {
        await using var test = await TestServer.StartAsync();
        var rule = test.Server.Faults.Add(new FaultRule { Path = "/repo/v1/version", StallAfter = 0 });
        using var gaveUp = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = test.Server.BaseAddress };
        var stalled = http.GetAsync(new Uri("/repo/v1/version", UriKind.Relative), gaveUp.Token);
        await Eventually.GetAsync(() => Task.FromResult(test.Server.Faults.TimesApplied(rule) > 0 ? "begun" : null));

        var quiet = test.Server.Log.QuietAsync(CancellationToken.None);
        Assert.That(quiet.IsCompleted, Is.False);
        await gaveUp.CancelAsync();
        await quiet;

        Assert.That(async () => await stalled, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(test.Server.Log.Requests.Select(request => request.Status), Has.Member(0));
    }
}
