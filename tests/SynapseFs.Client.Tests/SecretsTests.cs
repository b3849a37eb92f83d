using SynapseFs.Api;
using SynapseFs.Client.Tests.Support;

namespace SynapseFs.Client.Tests;

internal sealed class SecretsTests
{
    private static readonly FileHandleAssociation Handle = new()
    {
        FileHandleId = "1",
        AssociateObjectId = "syn1",
        AssociateObjectType = "FileEntity"
    };

    [Test]
    public async Task Neither_logs_nor_exceptions_ever_hold_the_token_or_a_signature()
    {
        await using var server = await ScriptedServer.StartAsync();
        var storage = new ScriptedStorage(server, new byte[100_000]);
        var log = new LogCollector();
        await using var client = Clients.For(server.Address, Clients.Quick with { StallTimeout = TimeSpan.FromMilliseconds(50) }, log);
        var texts = new List<string>();

        foreach (var serve in new Func<Microsoft.AspNetCore.Http.HttpContext, Task>[]
        {
            ScriptedStorage.Abort, ScriptedStorage.ForbiddenAsync, ScriptedServer.UntilGoneAsync,
            context => storage.BreakAfterAsync(context, 0, ScriptedStorage.End),
            context => { context.Response.StatusCode = 500; return Task.CompletedTask; },
            context =>
                { context.Response.Redirect($"ftp://elsewhere/?X-Amz-Signature={ScriptedStorage.Signature}"); return Task.CompletedTask; },
        })
        {
            storage.Serve = serve;
            texts.Add(await FailureOf(
                () => client.Downloads.OpenRangeAsync(Handle, 0, 10, RequestPriority.Interactive, default).ContinueWith(Drain).Unwrap()));
        }
        server.Answer = context => ScriptedServer.JsonAsync(context, 403,
            $$"""{"reason":"Bearer {{Clients.Token}} at https://s3/x?X-Amz-Signature={{ScriptedStorage.Signature}} is refused"}""");
        texts.Add(await FailureOf(() => client.Account.GetProfileAsync(RequestPriority.Interactive, default)));
        texts.Add(client.Settings.ToString());

        Assert.That(texts, Has.None.Contains(Clients.Token).And.None.Contains(ScriptedStorage.Signature));
        Assert.That(log.Text, Does.Not.Contain(Clients.Token).And.Not.Contain(ScriptedStorage.Signature).And.Contain("file handle 1"));
    }

    private static async Task Drain(Task<Stream> opening)
    {
        await using var stream = await opening;
        await stream.CopyToAsync(Stream.Null);
    }

    private static async Task<string> FailureOf(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SynapseException e)
        {
            return e + e.Reason;
        }
        throw new AssertionException("nothing failed");
    }
}
