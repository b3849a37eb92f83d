using SynapseFs.Api;
using SynapseFs.Client.Tests.Support;

namespace SynapseFs.Client.Tests.Transport;

internal sealed class CallTests
{
    private ScriptedServer _server = null!;

    [SetUp]
    public async Task SetUp() => _server = await ScriptedServer.StartAsync();

    [TearDown]
    public async Task TearDown() => await _server.DisposeAsync();

    [Test]
    public async Task A_call_carries_token_agent_and_ascii_json_with_its_charset()
    {
        _server.Answer = context => ScriptedServer.JsonAsync(context, 200, """{"id":"syn9"}""");
        await using var client = Clients.For(_server.Address);

        var id = await client.Children.FindAsync("syn1", "Grüße 漢", RequestPriority.Interactive, default);

        var request = _server.Requests.Single();
        Assert.That(id, Is.EqualTo("syn9"));
        Assert.That((request.Method, request.Path), Is.EqualTo(("POST", "/repo/v1/entity/child")));
        Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer " + Clients.Token));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=UTF-8"));
        Assert.That(request.Headers["User-Agent"], Does.Match(@"^synapsefs/\d+\.\d+\.\d+$"));
        Assert.That(request.Text, Is.EqualTo("""{"parentId":"syn1","entityName":"Gr\u00FC\u00DFe \u6F22"}"""));
    }

    [TestCase(429)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task A_passing_trouble_is_tried_again(int status)
    {
        _server.AnswerInTurn(
            context => ScriptedServer.JsonAsync(context, status, """{"reason":"not now"}"""),
            context => ScriptedServer.JsonAsync(context, status, """{"reason":"not now"}"""),
            context => ScriptedServer.JsonAsync(context, 200, """{"version":"518"}"""));
        await using var client = Clients.For(_server.Address);

        Assert.That((await client.Account.GetVersionAsync(RequestPriority.Interactive, default)).Version, Is.EqualTo("518"));
        Assert.That(_server.Requests, Has.Count.EqualTo(3));
    }

    [TestCase(503, "GET /version fails: 503")]
    [TestCase(429, null)]
    public async Task While_a_call_is_tried_again_its_trouble_is_told(int status, string? trouble)
    {
        SynapseClient? client = null;
        string? told = null;
        _server.AnswerInTurn(
            context => ScriptedServer.JsonAsync(context, status, """{"reason":"not now"}"""),
            context =>
            {
                told = client!.Struggle;
                return ScriptedServer.JsonAsync(context, 200, """{"version":"518"}""");
            });
        await using var owned = client = Clients.For(_server.Address);
        Assert.That(client.Struggle, Is.Null);

        await client.Account.GetVersionAsync(RequestPriority.Upload, default);

        Assert.That(told, Is.EqualTo(trouble));
        Assert.That(client.Struggle, Is.Null);
    }

    [TestCase(400, SynapseFailure.BadRequest)]
    [TestCase(401, SynapseFailure.Unauthorized)]
    [TestCase(403, SynapseFailure.Forbidden)]
    [TestCase(404, SynapseFailure.NotFound)]
    [TestCase(409, SynapseFailure.Conflict)]
    [TestCase(412, SynapseFailure.StaleEtag)]
    [TestCase(413, SynapseFailure.TooLarge)]
    public async Task A_refusal_is_final_and_carries_the_servers_reason(int status, SynapseFailure failure)
    {
        _server.Answer = context => ScriptedServer.JsonAsync(context, status, """{"reason":"because of X"}""");
        await using var client = Clients.For(_server.Address);

        var thrown = Assert.ThrowsAsync<SynapseException>(
            () => client.Entities.GetAsync("syn1", null, RequestPriority.Interactive, default))!;

        Assert.That((thrown.Failure, thrown.Status, thrown.Reason), Is.EqualTo((failure, status, "because of X")));
        Assert.That(thrown.Message, Does.Contain("/entity/syn1").And.Contain("because of X"));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Trouble_that_stays_ends_a_persons_call_with_its_kind()
    {
        _server.Answer = context => ScriptedServer.JsonAsync(context, 503, """{"reason":"Synapse is down for maintenance."}""");
        var options = Clients.Quick with { Patience = Clients.Quick.Patience with { InteractiveTrouble = TimeSpan.FromMilliseconds(50) } };
        await using var client = Clients.For(_server.Address, options);

        var thrown = Assert.ThrowsAsync<SynapseException>(() => client.Account.GetProfileAsync(RequestPriority.Interactive, default))!;

        Assert.That((thrown.Failure, thrown.Reason), Is.EqualTo((SynapseFailure.Unavailable, "Synapse is down for maintenance.")));
        Assert.That(client.IsReachable, Is.True);
    }

    [Test]
    public async Task While_a_trouble_stays_only_the_first_of_a_persons_calls_is_tried_again()
    {
        _server.Answer = context => ScriptedServer.JsonAsync(context, 503, "{}");
        var options = Clients.Quick with { Patience = Clients.Quick.Patience with { InteractiveTrouble = TimeSpan.FromMilliseconds(50) } };
        await using var client = Clients.For(_server.Address, options);
        Task AskAsync() => client.Account.GetVersionAsync(RequestPriority.Interactive, default);

        Assert.ThrowsAsync<SynapseException>(AskAsync);
        var first = _server.Requests.Count;
        Assert.ThrowsAsync<SynapseException>(AskAsync);
        Assert.That((first > 1, _server.Requests.Count - first), Is.EqualTo((true, 1)));

        _server.AnswerInTurn(context => ScriptedServer.JsonAsync(context, 200, "{\"version\":\"518\"}"));
        await AskAsync();
        _server.AnswerInTurn(
            context => ScriptedServer.JsonAsync(context, 503, "{}"),
            context => ScriptedServer.JsonAsync(context, 200, "{\"version\":\"518\"}"));
        Assert.DoesNotThrowAsync(AskAsync);
    }

    [Test]
    public async Task A_long_trouble_is_outlasted_by_those_with_patience()
    {
        var patience = new RetryPatience { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(2) };
        Func<Microsoft.AspNetCore.Http.HttpContext, Task> busy = context => ScriptedServer.JsonAsync(context, 503, "{}");
        _server.AnswerInTurn([.. Enumerable.Repeat(busy, 80), context => ScriptedServer.JsonAsync(context, 200, """{"version":"518"}""")]);
        await using var client = Clients.For(_server.Address, Clients.Quick with { Patience = patience });

        Assert.That((await client.Account.GetVersionAsync(RequestPriority.Background, default)).Version, Is.EqualTo("518"));
    }

    [Test]
    public async Task A_broken_connection_is_tried_again()
    {
        _server.AnswerInTurn(
            context => { context.Abort(); return Task.CompletedTask; },
            context => ScriptedServer.JsonAsync(context, 200, """{"version":"518"}"""));
        await using var client = Clients.For(_server.Address);

        Assert.That((await client.Account.GetVersionAsync(RequestPriority.Interactive, default)).Version, Is.EqualTo("518"));
    }

    [TestCase(200, """{"version":"51""")]
    [TestCase(200, "")]
    [TestCase(200, """x"version":"518"}""")]
    [TestCase(404, """{"reason":"no su""")]
    public async Task An_answer_that_came_garbled_or_cut_short_is_asked_for_again(int status, string body)
    {
        _server.AnswerInTurn(
            context => ScriptedServer.JsonAsync(context, status, body),
            context => ScriptedServer.JsonAsync(context, 200, """{"version":"518"}"""));
        await using var client = Clients.For(_server.Address);

        Assert.That((await client.Account.GetVersionAsync(RequestPriority.Interactive, default)).Version, Is.EqualTo("518"));
        Assert.That(_server.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(RequestPriority.Interactive)]
    [TestCase(RequestPriority.Upload)]
    public async Task Answers_that_stay_garbled_are_a_trouble_that_may_pass(RequestPriority priority)
    {
        _server.Answer = context => ScriptedServer.JsonAsync(context, 201, """{"id":""");
        var patience = Clients.Quick.Patience with { InteractiveTrouble = TimeSpan.FromMilliseconds(50), Trouble = TimeSpan.FromMilliseconds(50) };
        await using var client = Clients.For(_server.Address, Clients.Quick with { Patience = patience });

        var thrown = Assert.ThrowsAsync<SynapseException>(() => client.Entities.GetAsync("syn1", null, priority, default))!;

        Assert.That((thrown.Failure, thrown.Attempts > 1), Is.EqualTo((SynapseFailure.Unavailable, true)));
        Assert.That(thrown.Message, Does.Contain("/entity/syn1").And.Contain("garbled"));
        Assert.That((client.IsReachable, client.Struggle), Is.EqualTo((true, (string?)null)));
    }

    [TestCase(502, "{}")]
    [TestCase(201, """{"id":"sy""")]
    public async Task A_name_taken_by_our_own_lost_creation_is_found_again(int status, string body)
    {
        const string made = """{"id":"syn7","name":"d","parentId":"syn1","concreteType":"org.sagebionetworks.repo.model.Folder","createdBy":"1","modifiedBy":"1"}""";
        var posts = 0;
        _server.Answer = context => context.Request.Path.Value switch
        {
            "/repo/v1/entity" when Interlocked.Increment(ref posts) == 1 => ScriptedServer.JsonAsync(context, status, body),
            "/repo/v1/entity" =>
                ScriptedServer.JsonAsync(context, 409, """{"reason":"An entity with the name: d already exists with a parentId: syn1"}"""),
            "/repo/v1/entity/child" => ScriptedServer.JsonAsync(context, 200, """{"id":"syn7"}"""),
            _ => ScriptedServer.JsonAsync(context, 200, made),
        };
        await using var client = Clients.For(_server.Address);
        var folder = new Entity { Name = "d", ParentId = "syn1", ConcreteType = SynapseTypes.Folder };

        Assert.That((await client.Entities.CreateAsync(folder, RequestPriority.Interactive, default)).Id, Is.EqualTo("syn7"));
        Assert.That(() => client.Entities.CreateAsync(folder, RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Conflict),
                "a first try that finds the name taken");
    }

    [Test]
    public async Task A_missing_child_is_null_but_a_missing_parent_is_an_error()
    {
        _server.AnswerInTurn(
            context => ScriptedServer.JsonAsync(context, 404, """{"reason":"Child not found for parent: 'syn1' with name: 'x'"}"""),
            context => ScriptedServer.JsonAsync(context, 404, """{"reason":"Resource: 'syn1' does not exist"}"""));
        await using var client = Clients.For(_server.Address);

        Assert.That(await client.Children.FindAsync("syn1", "x", RequestPriority.Interactive, default), Is.Null);
        Assert.That(() => client.Children.FindAsync("syn1", "x", RequestPriority.Interactive, default), Throws.TypeOf<SynapseException>());
    }

    [Test]
    public async Task A_login_page_in_between_is_named()
    {
        _server.Answer = context => { context.Response.ContentType = "text/html"; return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "<html>sign in</html>"); };
        await using var client = Clients.For(_server.Address);

        Assert.That(() => client.Account.GetProfileAsync(RequestPriority.Interactive, default),
            Throws.TypeOf<SynapseException>().With.Message.Contains("text/html"));
    }

    [Test]
    public async Task No_more_than_three_calls_are_under_way()
    {
        var (inFlight, most) = (0, 0);
        var gate = new SemaphoreSlim(0);
        _server.Answer = async context =>
        {
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            if (now == 3)
                gate.Release(60);
            await gate.WaitAsync();
            Interlocked.Decrement(ref inFlight);
            await ScriptedServer.JsonAsync(context, 200, """{"version":"518"}""");
        };
        await using var client = Clients.For(_server.Address);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            client.Account.GetVersionAsync(i % 2 == 0 ? RequestPriority.Interactive : RequestPriority.Background, default)));

        Assert.That((_server.Requests.Count, most), Is.EqualTo((30, 3)));
    }

    [Test]
    public async Task A_cancelled_call_gives_its_slot_back()
    {
        var held = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
            {
                held.SetResult();
                await ScriptedServer.UntilGoneAsync(context);
            }
            await ScriptedServer.JsonAsync(context, 200, """{"version":"518"}""");
        };
        await using var client = Clients.For(_server.Address, Clients.Quick with { CallsInFlight = 1 });
        using var giveUp = new CancellationTokenSource();
        var stuck = client.Account.GetStatusAsync(RequestPriority.Interactive, giveUp.Token);
        await held.Task;

        await giveUp.CancelAsync();

        Assert.That(async () => await stuck, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await client.Account.GetVersionAsync(RequestPriority.Interactive, default)).Version, Is.EqualTo("518"));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
