using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class MessageTests
{
    [Test]
    public async Task A_message_reaches_the_inbox_and_its_text_is_read_there()
    {
        await using var test = await TestServer.StartAsync();

        var sent = await SendAsync(test.Owner, "Hi", await TextAsync(test.Owner), test.Server.Accounts[0].PrincipalId);
        var id = (string)sent.Json["id"]!;
        var inbox = await test.Reader.DoAsync("GET", "/repo/v1/message/inbox");
        var outbox = await test.Owner.DoAsync("GET", "/repo/v1/message/outbox");
        var file = await test.Reader.SendAsync("GET", $"/repo/v1/message/{id}/file?redirect=false");
        var text = await test.Reader.GetRangeAsync(file.Text, range: null);
        var batch = await test.Reader.DoAsync("POST", "/file/v1/fileHandle/batch", new JsonObject
        {
            ["includeFileHandles"] = true,
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = (string)sent.Json["fileHandleId"]!,
                ["associateObjectId"] = id,
                ["associateObjectType"] = "MessageAttachment",
            }),
        });

        Assert.Multiple(() =>
        {
            Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)sent.Json["inReplyToRoot"], Is.EqualTo(id));
            Assert.That((string?)sent.Json["createdOn"], Does.EndWith("Z"));
            Assert.That((string?)inbox["results"]![0]!["message"]!["subject"], Is.EqualTo("Hi"));
            Assert.That((string?)inbox["results"]![0]!["status"]!["status"], Is.EqualTo("UNREAD"));
            Assert.That((string?)outbox["results"]![0]!["id"], Is.EqualTo(id));
            Assert.That(text.Text, Is.EqualTo("Dear reader"));
            Assert.That((string?)batch["requestedFiles"]![0]!["fileHandle"]!["fileName"], Is.EqualTo("message.txt"));
        });
    }

    [Test]
    public async Task A_status_moves_a_message_within_the_inbox()
    {
        await using var test = await TestServer.StartAsync();
        var sent = await SendAsync(test.Owner, "Hi", await TextAsync(test.Owner), test.Server.Accounts[0].PrincipalId);
        JsonObject Status(string status) => new() { ["messageId"] = (string)sent.Json["id"]!, ["status"] = status };

        var read = await test.Reader.SendAsync("PUT", "/repo/v1/message/status", Status("READ"));
        var unread = await test.Reader.DoAsync("GET", "/repo/v1/message/inbox");
        var all = await test.Reader.DoAsync("GET", "/repo/v1/message/inbox?inboxFilter=READ,UNREAD");
        var sender = await test.Owner.SendAsync("PUT", "/repo/v1/message/status", Status("READ"));
        var odd = await test.Reader.SendAsync("PUT", "/repo/v1/message/status", Status("LOST"));
        var filter = await test.Reader.SendAsync("GET", "/repo/v1/message/inbox?inboxFilter=LOST");

        Assert.Multiple(() =>
        {
            Assert.That(read.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(unread["results"]!.AsArray(), Is.Empty);
            Assert.That((string?)all["results"]![0]!["status"]!["status"], Is.EqualTo("READ"));
            Assert.That(sender.Reason, Is.EqualTo($"Cannot change status of message ({sent.Json["id"]})"));
            Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(filter.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task Answers_make_a_conversation_and_a_message_is_forwarded()
    {
        var users = new[]
        {
            new ServerUser { Name = "reader", Token = "reader-token" },
            new ServerUser { Name = "third", Token = "third-token" },
        };
        await using var test = await TestServer.StartAsync(options => options with { Users = users });
        using var third = new TestClient(test.Server, "third-token");
        var (reader, owner) = (test.Server.Accounts[0].PrincipalId, test.Server.FirstUser.PrincipalId);
        var first = (string)(await SendAsync(test.Owner, "b", await TextAsync(test.Owner), reader)).Json["id"]!;

        var answer = await SendAsync(test.Reader, "a", await TextAsync(test.Reader), owner, first);
        var outside = await third.SendAsync("GET", $"/repo/v1/message/{first}");
        var forwarded = await test.Reader.DoAsync("POST", $"/repo/v1/message/{first}/forward", new JsonObject
        {
            ["recipients"] = new JsonArray(test.Server.Accounts[1].PrincipalId),
        });
        var conversation = await test.Owner.DoAsync(
            "GET", $"/repo/v1/message/{answer.Json["id"]}/conversation?orderBy=SUBJECT&descending=false");
        var ofThird = await third.DoAsync("GET", $"/repo/v1/message/{first}/conversation");
        var lost = await SendAsync(test.Owner, "x", await TextAsync(test.Owner), reader, "999");

        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["inReplyToRoot"], Is.EqualTo(first));
            Assert.That(outside.Reason, Is.EqualTo($"You are not the sender or receiver of this message ({first})"));
            Assert.That((string?)forwarded["inReplyTo"], Is.EqualTo(first));
            Assert.That(Subjects(conversation), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(Subjects(ofThird), Is.EqualTo(new[] { "b" }), "only what was forwarded");
            Assert.That(lost.Reason, Is.EqualTo("Cannot reply to a message (999) that does not exist"));
        });
    }

    [Test]
    public async Task A_message_to_a_team_reaches_its_members()
    {
        await using var test = await TestServer.StartAsync();
        var team = (string)(await test.Reader.DoAsync("POST", "/repo/v1/team", new JsonObject { ["name"] = "The Lab" }))["id"]!;

        await SendAsync(test.Owner, "To all", await TextAsync(test.Owner), long.Parse(team, CultureInfo.InvariantCulture));
        var inbox = await test.Reader.DoAsync("GET", "/repo/v1/message/inbox");

        Assert.That((string?)inbox["results"]![0]!["message"]!["recipients"]![0], Is.EqualTo(team));
    }

    [Test]
    public async Task The_owner_of_an_entity_is_written_to_by_whoever_finds_it()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var text = await TextAsync(test.Reader);

        await test.Reader.DoAsync(
            "POST", $"/repo/v1/entity/{project}/message", new JsonObject { ["subject"] = "May I?", ["fileHandleId"] = text });
        var inbox = await test.Owner.DoAsync("GET", "/repo/v1/message/inbox");

        Assert.That((string?)inbox["results"]![0]!["message"]!["subject"], Is.EqualTo("May I?"));
    }

    [Test]
    public async Task What_cannot_be_sent_is_refused()
    {
        await using var test = await TestServer.StartAsync();
        var (text, reader) = (await TextAsync(test.Owner), test.Server.Accounts[0].PrincipalId);

        var nobody = await SendAsync(test.Nobody, "x", text, reader);
        var foreign = await SendAsync(test.Reader, "x", text, reader);
        var unknown = await SendAsync(test.Owner, "x", text, 1);
        var alone = await test.Owner.SendAsync("POST", "/repo/v1/message", new JsonObject { ["fileHandleId"] = text });
        var crowd = await test.Owner.SendAsync("POST", "/repo/v1/message", new JsonObject
        {
            ["fileHandleId"] = text,
            ["recipients"] = new JsonArray([.. Enumerable.Range(1, 51).Select(id => (JsonNode)id)]),
        });
        var empty = await test.Owner.SendAsync("POST", "/repo/v1/message", new JsonObject { ["recipients"] = new JsonArray(reader) });
        var deleted = await test.Owner.SendAsync("DELETE", "/repo/v1/message/1");
        var missing = await test.Owner.SendAsync("GET", "/repo/v1/message/1");
        var inbox = await test.Nobody.DoAsync("GET", "/repo/v1/message/inbox");

        Assert.Multiple(() =>
        {
            Assert.That(nobody.Reason, Is.EqualTo("Anonymous user may not send messages."));
            Assert.That(foreign.Reason, Is.EqualTo("Invalid file handle given"));
            Assert.That(unknown.Reason, Is.EqualTo("One or more of the following IDs are not recognized: [1]"));
            Assert.That(alone.Reason, Is.EqualTo("recipients must be set."));
            Assert.That(crowd.Reason, Does.StartWith("May not message more than 50 at once."));
            Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(missing.Reason, Is.EqualTo("Message (1) not found"));
            Assert.That(inbox["results"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public async Task The_eleventh_message_in_a_minute_is_refused()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options);
        var (text, reader) = (await TextAsync(test.Owner), test.Server.Accounts[0].PrincipalId);
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await SendAsync(test.Owner, "x", text, reader)).Status, Is.EqualTo(HttpStatusCode.Created));
        }

        var refused = await SendAsync(test.Owner, "x", text, reader);
        time.Advance(TimeSpan.FromSeconds(60));
        var later = await SendAsync(test.Owner, "x", text, reader);

        Assert.Multiple(() =>
        {
            Assert.That((int)refused.Status, Is.EqualTo(429));
            Assert.That(refused.Reason, Is.EqualTo("Please slow down.  You may send a maximum of 10 message(s) every 60 second(s)"));
            Assert.That(later.Status, Is.EqualTo(HttpStatusCode.Created));
        });
    }

    private static Task<string> TextAsync(TestClient client) => client.UploadAsync("message.txt", Encoding.ASCII.GetBytes("Dear reader"));

    private static Task<Answer> SendAsync(TestClient client, string subject, string text, long to, string? inReplyTo = null) =>
        client.SendAsync("POST", "/repo/v1/message", new JsonObject
        {
            ["subject"] = subject,
            ["fileHandleId"] = long.Parse(text, CultureInfo.InvariantCulture),
            ["recipients"] = new JsonArray(to),
            ["inReplyTo"] = inReplyTo,
        });

    private static IEnumerable<string> Subjects(JsonObject page) =>
        page["results"]!.AsArray().Select(message => (string)message!["subject"]!);
}
