using SynapseFs.Cli.Control;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Tests.Registry;
using SynapseFs.Core;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Control;

/// <summary>A control socket whose mount is played by a test.</summary>
internal sealed class ScriptedMount : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ControlSocket _socket;
    private bool _isClosed;

    public ScriptedMount()
    {
        SocketPath = _folder.Combine("s");
        var verbs = new ControlVerbs(() => Report, most => [.. Items.Take(most)], WaitAsync);
        _socket = ControlSocket.Listen(SocketPath, verbs, TimeProvider.System);
    }

    public string SocketPath { get; }

    public ControlDoor Door => new(SocketPath);

    public MountReport Report { get; set; } = MountReport.Of(MountRegistryTests.Record(7)) with { Online = true };

    public IReadOnlyList<PendingItem> Items { get; set; } = [];

    /// <summary>Told to whoever waits.</summary>
    public PendingSummary Progress { get; set; } = new(2, 0, 0, 100);

    /// <summary>What a wait ends with.</summary>
    public TaskCompletionSource<IReadOnlyList<PendingItem>> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the path when somebody waits.</summary>
    public TaskCompletionSource<string> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody who waited has gone away.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static PendingItem Item(PendingState state, string path = "/f", string? reason = null) =>
        new() { Path = path, What = "new file", State = state, Reason = reason, Since = DateTimeOffset.UnixEpoch };

    public async ValueTask CloseAsync()
    {
        if (!_isClosed)
            await _socket.DisposeAsync();
        _isClosed = true;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task<IReadOnlyList<PendingItem>> WaitAsync(string path, IProgress<PendingSummary> progress, CancellationToken cancellationToken)
    {
        progress.Report(Progress);
        Begun.TrySetResult(path);
        using var leaving = cancellationToken.Register(() => Left.TrySetResult());
        return await End.Task.WaitAsync(cancellationToken);
    }
}
