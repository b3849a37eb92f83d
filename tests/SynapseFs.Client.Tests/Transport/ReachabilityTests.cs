using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Client.Tests.Support;

namespace SynapseFs.Client.Tests.Transport;

internal sealed class ReachabilityTests
{
    private static readonly SynapseClientOptions WithoutPatience = Clients.Quick with
    {
        Patience = new RetryPatience { InteractiveOffline = TimeSpan.Zero, Offline = TimeSpan.Zero },
    };

    private readonly FakeTimeProvider _time = new();
    private readonly List<bool> _changes = [];

    [TestCase(RequestPriority.Interactive)]
    [TestCase(RequestPriority.Background)]
    public async Task Out_of_reach_is_noticed_and_ends_when_the_service_is_back(RequestPriority priority)
    {
        _changes.Clear();
        var port = FreePort();
        await using var client = Client(port);

        for (var i = 0; i < 3; i++)
            Assert.That(() => client.Account.GetVersionAsync(priority, default),
                Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Offline));
        Assert.That((client.IsReachable, client.UnreachableSince), Is.EqualTo((false, (DateTimeOffset?)_time.GetUtcNow())));
        Assert.That(client.ReachabilityProblem, Does.Contain("refused"));

        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var answering = AnswerOnceAsync(listener);
        _time.Advance(WithoutPatience.BreakDuration + TimeSpan.FromMilliseconds(1));
        Assert.That((await client.Account.GetVersionAsync(priority, default)).Version, Is.EqualTo("518"));
        await answering;
        Assert.That(_changes, Is.EqualTo(new[] { false, true }));
        Assert.That((client.IsReachable, client.UnreachableSince), Is.EqualTo((true, default(DateTimeOffset?))));
    }

    [Test]
    public async Task While_it_is_known_to_be_out_of_reach_nothing_is_sent()
    {
        var port = FreePort();
        await using var client = Client(port);
        for (var i = 0; i < 2; i++)
            Assert.That(() => client.Account.GetVersionAsync(RequestPriority.Interactive, default), Throws.TypeOf<SynapseException>());
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();

        Assert.That(() => client.Account.GetVersionAsync(RequestPriority.Interactive, default), Throws.TypeOf<SynapseException>());

        Assert.That(listener.Pending(), Is.False);
    }

    [Test]
    public async Task A_call_outlives_a_short_outage_within_its_patience()
    {
        var port = FreePort();
        var options = Clients.Quick with { BreakDuration = TimeSpan.FromMilliseconds(500) };
        await using var client = new SynapseClient(Clients.Settings(new Uri($"http://127.0.0.1:{port}")), options, TimeProvider.System,
            new LogCollector());
        var gone = new TaskCompletionSource();
        client.ReachabilityChanged += (_, change) => gone.TrySetResult();

        var call = client.Account.GetVersionAsync(RequestPriority.Background, default);
        await gone.Task;
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        await AnswerOnceAsync(listener);

        Assert.That((await call).Version, Is.EqualTo("518"));
    }

    private SynapseClient Client(int port)
    {
        var client = new SynapseClient(Clients.Settings(new Uri($"http://127.0.0.1:{port}")), WithoutPatience, _time, new LogCollector());
        client.ReachabilityChanged += (_, change) => _changes.Add(change.IsReachable);
        return client;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AnswerOnceAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"version\":\"518\"}"u8.ToArray());
    }
}
