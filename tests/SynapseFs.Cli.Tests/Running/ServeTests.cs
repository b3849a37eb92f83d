using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>The embedded server standing alone, as a program.</summary>
internal sealed class ServeTests
{
    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryDirectory();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task A_killed_server_has_lost_nothing_that_it_acknowledged()
    {
        var data = _folder.Combine("data");
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await using var server = await Served.StartAsync(data, "--no-limits");
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 2).Select(writer => WriteAsync(server, $"{round}-{writer}", acknowledged, stop.Token)).ToArray();
            await Eventually.HoldsAsync(() => Count(acknowledged) >= (round + 1) * 40, TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        await using var again = await Served.StartAsync(data, "--no-limits");
        var lost = new List<string>();
        foreach (var id in acknowledged)
            if ((await again.Http.GetAsync(new Uri($"/repo/v1/entity/{id}", UriKind.Relative))).StatusCode != HttpStatusCode.OK)
                lost.Add(id);

        Assert.That(acknowledged, Has.Count.GreaterThanOrEqualTo(120));
        Assert.That(lost, Is.Empty);
    }

    [Test]
    public async Task Two_servers_on_one_directory_are_refused_with_its_name()
    {
        var data = _folder.Combine("data");
        await using var first = await Served.StartAsync(data);

        var second = await Command.RunAsync(ProgramFiles.Synapsefs, ["serve", "--data", data]);

        Assert.That(second.ExitCode, Is.Not.Zero);
        Assert.That(second.Error, Does.Contain(data).And.Not.Contain("   at "));
    }

    [TestCase("--data")]
    [TestCase("--control-socket")]
    [TestCase("--ready-file")]
    public async Task An_empty_path_is_refused_with_its_option(string option)
    {
        string[] arguments = option == "--data" ? ["serve", option, ""] : ["serve", "--data", _folder.Combine("data"), option, ""];

        var refused = await Command.RunAsync(ProgramFiles.Synapsefs, arguments);

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain($"{option} is empty").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Further_users_come_with_their_tokens_scopes_and_ends()
    {
        await File.WriteAllTextAsync(_folder.Combine("users"), """
            # who           what differs
            ada.l:token-ada
            viewer:token-v  scopes=view
            ended:token-e   expires=2020-01-01
            novice:token-n  certified=no  password=open:sesame
            """);
        await using var server = await Served.StartAsync(_folder.Combine("data"), "--user-file", _folder.Combine("users"), "--user", "bob:token-bob");

        var project = new JsonObject { ["concreteType"] = "org.sagebionetworks.repo.model.Project", ["name"] = "P" };

        Assert.That(await StatusAsync(server.As("token-bob"), project), Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await StatusAsync(server.As("token-v"), project), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(server.As("token-e"), project), Is.EqualTo(HttpStatusCode.Unauthorized));
        using var login = await server.Http.PostAsJsonAsync(
            new Uri("/auth/v1/login2", UriKind.Relative), new JsonObject { ["username"] = "novice", ["password"] = "open:sesame" });
        Assert.That(login.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var profile = await server.Http.GetFromJsonAsync<JsonObject>(new Uri("/repo/v1/userProfile", UriKind.Relative));
        Assert.That((string?)profile!["userName"], Is.EqualTo("ada.l"), "The ready file names the first of the user file.");
    }

    [Test]
    public async Task Under_read_only_it_tells_its_state_and_refuses_the_rest()
    {
        await using var server = await Served.StartAsync(_folder.Combine("data"), "--read-only", "--sample");

        var status = await server.Http.GetFromJsonAsync<JsonObject>(new Uri("/repo/v1/status", UriKind.Relative));
        using var refused = await server.Http.GetAsync(new Uri("/repo/v1/userProfile", UriKind.Relative));

        Assert.That((string?)status!["status"], Is.EqualTo("READ_ONLY"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private static int Count(List<string> ids)
    {
        lock (ids)
            return ids.Count;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, JsonObject body)
    {
        using (http)
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri("/repo/v1/entity", UriKind.Relative), content);
            return response.StatusCode;
        }
    }

    // Until the server dies under it; every id stands for an answer that was read.
    private static async Task WriteAsync(Served server, string prefix, List<string> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var body = new JsonObject { ["concreteType"] = "org.sagebionetworks.repo.model.Project", ["name"] = $"{prefix}-{i}" };
            try
            {
                using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                using var response = await server.Http.PostAsync(new Uri("/repo/v1/entity", UriKind.Relative), content, stop);
                var made = JsonNode.Parse(await response.Content.ReadAsStringAsync(stop))!;
                lock (acknowledged)
                    acknowledged.Add((string)made["id"]!);
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
            {
                return;
            }
        }
    }
}
