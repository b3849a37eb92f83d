using System.Net.Sockets;
using System.Text;
using SynapseFs.Cli.Control;
using SynapseFs.Core;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Control;

internal sealed class ControlSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCase("{\"verb\":\"status\"}\n")]
    [TestCase("{}\n")]
    [TestCase("\n")]
    [TestCase("")]
    public async Task The_state_is_told_also_to_who_says_nothing(string request)
    {
        await using var mount = new ScriptedMount();

        var answer = await SayAsync(mount, request);

        Assert.That(answer, Does.StartWith("{\"status\":{").And.Contain("\"online\":true").And.EndWith("}\n"));
        Assert.That(answer.TrimEnd('\n'), Does.Not.Contain('\n'));
    }

    [TestCase("what\n")]
    [TestCase("null\n")]
    [TestCase("[]\n")]
    [TestCase("{\"verb\":\"dance\"}\n")]
    [TestCase("{\"verb\":\"wait\"}\n")]
    [TestCase("{\"verb\":\"wait\",\"path\":\"relative\"}\n")]
    [TestCase("{\"verb\":\"find\",\"path\":\"/\"}\n")]
    [TestCase("{\"verb\":\"find\",\"path\":\"/\",\"terms\":[]}\n")]
    [TestCase("{\"verb\":\"find\",\"path\":\"relative\",\"terms\":[\"a=1\"]}\n")]
    [TestCase("{\"verb\":\"pending\",\"most\":-1}\n")]
    [TestCase("{\"verb\":\"pending\",\"most\":\"many\"}\n")]
    public async Task A_request_that_is_none_gets_a_line_that_says_so(string request)
    {
        await using var mount = new ScriptedMount();

        Assert.That(await SayAsync(mount, request), Does.StartWith("{\"error\":\"").And.EndWith("}\n"));
    }

    [Test]
    public async Task A_request_without_end_is_refused()
    {
        await using var mount = new ScriptedMount();

        Assert.That(await SayAsync(mount, new string('x', 64 << 10)), Does.Contain("longer than"));
    }

    [Test]
    public async Task As_many_changes_are_told_as_asked_for()
    {
        await using var mount = new ScriptedMount
        {
            Items = [ScriptedMount.Item(PendingState.Sending, "/ä \"b\""), ScriptedMount.Item(PendingState.Blocked, "/c", "No.\nNever.")],
        };

        Assert.That(await mount.Door.GetPendingAsync(1, CancellationToken.None), Is.EqualTo(mount.Items.Take(1)));
        Assert.That(await mount.Door.GetPendingAsync(10, CancellationToken.None), Is.EqualTo(mount.Items));
    }

    [Test]
    public async Task A_wait_tells_its_progress_and_ends_with_what_is_blocked()
    {
        await using var mount = new ScriptedMount();
        var told = new TaskCompletionSource<WaitProgress>();

        var waiting = mount.Door.WaitAsync("/a", progress => told.TrySetResult(progress), CancellationToken.None);
        var progress = await told.Task.WaitAsync(Patience);
        mount.End.SetResult([ScriptedMount.Item(PendingState.Blocked)]);

        Assert.That(progress, Is.EqualTo(new WaitProgress(mount.Progress, true, null)));
        Assert.That(await mount.Begun.Task, Is.EqualTo("/a"));
        Assert.That((await waiting)!.Single().State, Is.EqualTo(PendingState.Blocked));
    }

    [Test]
    public async Task Who_waits_keeps_nobody_else_from_an_answer()
    {
        await using var mount = new ScriptedMount();
        var waits = Enumerable.Range(0, 3).Select(_ => mount.Door.WaitAsync("/", _ => { }, CancellationToken.None)).ToList();
        await mount.Begun.Task.WaitAsync(Patience);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => mount.Door.GetStatusAsync(Patience, CancellationToken.None)));
        mount.End.SetResult([]);

        Assert.That(answers, Has.All.Not.Null);
        Assert.That(await Task.WhenAll(waits), Has.All.Empty);
    }

    [Test]
    public async Task A_client_that_goes_away_ends_its_wait()
    {
        await using var mount = new ScriptedMount();
        using var leaving = new CancellationTokenSource();
        var waiting = mount.Door.WaitAsync("/", _ => { }, leaving.Token);
        await mount.Begun.Task.WaitAsync(Patience);

        await leaving.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        await mount.Left.Task.WaitAsync(Patience);
    }

    [Test]
    public async Task When_the_mount_ends_nobody_waits_any_longer()
    {
        await using var mount = new ScriptedMount();
        var waiting = mount.Door.WaitAsync("/", _ => { }, CancellationToken.None);
        await mount.Begun.Task.WaitAsync(Patience);

        await mount.CloseAsync();

        Assert.That(await waiting.WaitAsync(Patience), Is.Null);
    }

    [Test]
    public async Task What_fails_behind_the_socket_is_told()
    {
        using var folder = new TemporaryDirectory();
        var verbs = new ControlVerbs(
            () => throw new InvalidOperationException("Out of\norder."), _ => [], (_, _, _) => throw new InvalidOperationException("Out of order."));
        await using var socket = ControlSocket.Listen(folder.Combine("s"), verbs, TimeProvider.System);
        var door = new ControlDoor(folder.Combine("s"));

        Assert.That(() => door.GetStatusAsync(Patience, CancellationToken.None), Throws.TypeOf<CliException>().With.Message.Contains("Out of order."));
        Assert.That(() => door.WaitAsync("/", _ => { }, CancellationToken.None), Throws.TypeOf<CliException>().With.Message.Contains("Out of order."));
    }

    private static async Task<string> SayAsync(ScriptedMount mount, string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(mount.SocketPath));
        await socket.SendAsync(Encoding.UTF8.GetBytes(request));
        if (!request.EndsWith('\n'))
            socket.Shutdown(SocketShutdown.Send);
        var answer = new MemoryStream();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer).WaitAsync(Patience) is var read and > 0)
            answer.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
