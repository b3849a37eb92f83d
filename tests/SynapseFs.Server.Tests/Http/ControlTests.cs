using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Http;

public sealed class ControlTests
{
    [Test]
    public async Task Log_totals_and_faults_are_reached_over_http_on_a_port_of_their_own()
    {
        await using var test = await TestServer.StartAsync(options => options with { ControlPort = 0 });
        using var control = new HttpClient { BaseAddress = test.Server.ControlAddress };
        await test.Owner.DoAsync("GET", "/repo/v1/version");

        using var posted = await control.PostAsync(
            new Uri("/faults", UriKind.Relative),
            new StringContent("{\"path\":\"/repo/v1/status\",\"status\":503,\"count\":1,\"delay\":\"00:00:00.001\"}"));
        var rule = JsonNode.Parse(await posted.Content.ReadAsStringAsync())!;
        var spoiled = await test.Owner.SendAsync("GET", "/repo/v1/status");
        await test.Server.Log.WaitAsync(request => request.Status == 503, CancellationToken.None);
        var log = JsonNode.Parse(await control.GetStringAsync(new Uri("/log", UriKind.Relative)))!.AsArray();
        var totals = JsonNode.Parse(await control.GetStringAsync(new Uri("/totals", UriKind.Relative)))!;
        var faults = JsonNode.Parse(await control.GetStringAsync(new Uri("/faults", UriKind.Relative)))!.AsArray();
        using var cleared = await control.DeleteAsync(new Uri("/faults", UriKind.Relative));

        Assert.Multiple(() =>
        {
            Assert.That((int)rule["id"]!, Is.EqualTo(1));
            Assert.That(spoiled.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(log.Select(entry => (string)entry!["route"]!), Is.EqualTo(new[] { "/repo/v1/version", "/repo/v1/status" }));
            Assert.That((long)totals["apiRequests"]!, Is.EqualTo(2));
            Assert.That((int)faults[0]!["timesApplied"]!, Is.EqualTo(1));
            Assert.That(test.Server.Faults.Rules, Is.Empty);
        });
    }

    [Test]
    public async Task A_fault_with_a_misspelt_effect_is_refused()
    {
        await using var test = await TestServer.StartAsync(options => options with { ControlPort = 0 });
        using var control = new HttpClient { BaseAddress = test.Server.ControlAddress };

        using var posted = await control.PostAsync(new Uri("/faults", UriKind.Relative), new StringContent("{\"corruptByte\":7}"));

        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await posted.Content.ReadAsStringAsync(), Does.Contain("corruptByte"));
        Assert.That(test.Server.Faults.Rules, Is.Empty);
    }

    [Test]
    public async Task What_changed_is_told_after_a_number()
    {
        await using var test = await TestServer.StartAsync(options => options with { ControlPort = 0 });
        using var control = new HttpClient { BaseAddress = test.Server.ControlAddress };
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var before = JsonNode.Parse(await control.GetStringAsync(new Uri("/changes", UriKind.Relative)))!.AsArray();
        var newest = (long)before[^1]!["number"]!;
        await test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{project}");

        var after = JsonNode.Parse(await control.GetStringAsync(new Uri($"/changes?since={newest}", UriKind.Relative)))!.AsArray();
        using var wrong = await control.GetAsync(new Uri("/changes?limit=0", UriKind.Relative));

        Assert.Multiple(() =>
        {
            Assert.That(before.Select(change => $"syn{change!["objectId"]}"), Does.Contain(project));
            Assert.That(after.Select(change => $"syn{change!["objectId"]}"), Is.EqualTo(new[] { project }));
            Assert.That((string)after[0]!["objectType"]!, Is.EqualTo("ENTITY"));
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task Clock_and_state_are_set_over_http_and_nonsense_is_refused()
    {
        await using var test = await TestServer.StartAsync(options => options with { ControlPort = 0 });
        using var control = new HttpClient { BaseAddress = test.Server.ControlAddress };

        using var clock = await control.PutAsync(new Uri("/clock?skew=-90.5", UriKind.Relative), content: null);
        using var wrongClock = await control.PutAsync(new Uri("/clock?skew=1e300", UriKind.Relative), content: null);
        using var state = await control.PutAsync(new Uri("/status?state=DOWN", UriKind.Relative), content: null);
        using var wrongState = await control.PutAsync(new Uri("/status?state=down", UriKind.Relative), content: null);
        var refused = await test.Owner.SendAsync("GET", "/repo/v1/userProfile");

        Assert.Multiple(() =>
        {
            Assert.That(clock.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(test.Server.ClockSkew, Is.EqualTo(TimeSpan.FromSeconds(-90.5)));
            Assert.That(wrongClock.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(state.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(wrongState.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo("Synapse is down for maintenance."));
        });
    }

    [Test]
    [Platform(Exclude = "Win")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_control_interface_on_a_socket_is_its_owners_alone()
    {
        var path = Path.Combine(Path.GetTempPath(), $"control-{Guid.NewGuid():N}.sock");
        await using var test = await TestServer.StartAsync(options => options with { ControlSocket = path });
        await test.Owner.DoAsync("GET", "/repo/v1/version");
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken) };
        using var control = new HttpClient(handler) { BaseAddress = new Uri("http://control") };

        await test.Server.Log.WaitAsync(request => request.Path == "/repo/v1/version", CancellationToken.None);
        var totals = JsonNode.Parse(await control.GetStringAsync(new Uri("/totals", UriKind.Relative)))!;

        Assert.That((long)totals["apiRequests"]!, Is.EqualTo(1));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_socket_that_somebody_listens_on_is_left_to_them()
    {
        var path = Path.Combine(Path.GetTempPath(), $"control-{Guid.NewGuid():N}.sock");
        await using var first = await TestServer.StartAsync(options => options with { ControlSocket = path });

        var refused = Assert.ThrowsAsync<ServerException>(() => TestServer.StartAsync(options => options with { ControlSocket = path }));

        Assert.That(refused!.Message, Does.Contain(path));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task A_file_where_the_socket_should_be_stays_and_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"control-{Guid.NewGuid():N}.sock");
        await File.WriteAllBytesAsync(path, []);

        var refused = Assert.ThrowsAsync<ServerException>(() => TestServer.StartAsync(options => options with { ControlSocket = path }));

        Assert.That(refused!.Message, Does.Contain(path));
        Assert.That(File.Exists(path), Is.True);
        File.Delete(path);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_socket_with_a_path_that_is_too_long_or_a_directory_is_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), new string('x', 120));

        var isLong = Assert.ThrowsAsync<ServerException>(() => TestServer.StartAsync(options => options with { ControlSocket = path }));
        var isDirectory = Assert.ThrowsAsync<ServerException>(
            () => TestServer.StartAsync(options => options with { ControlSocket = Path.GetTempPath() }));

        Assert.That(isLong!.Message, Does.Contain("longer than 107 bytes"));
        Assert.That(isDirectory!.Message, Does.Contain("it is a directory"));
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    [TestCase("{\"status\":99999}")]
    [TestCase("{\"status\":-1}")]
    [TestCase("{\"count\":-1}")]
    [TestCase("{\"bytesPerSecond\":0}")]
    [TestCase("{\"resetAfter\":-1}")]
    [TestCase("{\"delay\":\"-00:00:01\"}")]
    public async Task A_fault_that_cannot_be_done_is_refused(string rule)
    {
        await using var test = await TestServer.StartAsync(options => options with { ControlPort = 0 });
        using var control = new HttpClient { BaseAddress = test.Server.ControlAddress };

        using var posted = await control.PostAsync(new Uri("/faults", UriKind.Relative), new StringContent(rule));

        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(test.Server.Faults.Rules, Is.Empty);
    }

    [Test]
    public async Task There_is_no_control_unless_asked_for_and_none_on_the_service_port()
    {
        await using var test = await TestServer.StartAsync();

        var answer = await test.Owner.SendAsync("GET", "/log");

        Assert.Multiple(() =>
        {
            Assert.That(test.Server.ControlAddress, Is.Null);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }
}
