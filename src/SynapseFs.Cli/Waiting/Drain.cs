using SynapseFs.Cli.Control;
using SynapseFs.Core;

namespace SynapseFs.Cli.Waiting;

/// <summary>Waits until a mount has sent its changes, for as long as that leads anywhere.</summary>
internal sealed class Drain(ControlDoor door, TimeSpan patience, TimeProvider time)
{
    /// <summary>How long nothing has to move before it is looked at what is waited for.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Synapse answers, and yet nothing has moved for so long that nothing will.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(5);

    private const int MostItems = 1000;

    private WaitProgress? _last;
    private long _moved;
    private long _looked;

    /// <summary>What is blocked, which nobody waits for.</summary>
    public IReadOnlyList<PendingItem> Blocked { get; private set; } = [];

    /// <summary>The last failure to reach Synapse, in a sentence.</summary>
    public string? Problem { get; private set; }

    public async Task<DrainEnd> RunAsync(Action<string> show, CancellationToken cancellationToken)
    {
        _moved = _looked = time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var early = new TaskCompletionSource<DrainEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var looking = Task.CompletedTask;
        var waiting = door.WaitAsync("/", Note, ending.Token);
        if (await Task.WhenAny(waiting, early.Task) == early.Task)
            await ending.CancelAsync();
        try
        {
            if (await waiting is not { } blocked)
                return DrainEnd.NotAnswering;
            Blocked = blocked;
            return DrainEnd.Drained;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await early.Task;
        }
        catch (CliException)
        {
            // A mount that cannot even tell what it waits for is no better than a silent one.
            return DrainEnd.NotAnswering;
        }
        finally
        {
            await ending.CancelAsync();
            await looking;
        }

        void Note(WaitProgress progress)
        {
            if (progress.Pending != _last?.Pending)
                _moved = time.GetTimestamp();
            _last = progress;
            if (!early.Task.IsCompleted)
                Problem = progress.Problem;
            show(PendingText.Of(progress));
            if (time.GetElapsedTime(_moved) >= (progress.Online ? Stalled : patience))
                early.TrySetResult(DrainEnd.OutOfReach);
            else if (looking.IsCompleted && time.GetElapsedTime(_moved) >= Quiet && time.GetElapsedTime(_looked) >= Quiet)
                looking = LookAsync(early, ending.Token);
        }
    }

    // A file that a program holds open is not sent before it is closed, and until then nothing can be unmounted anyway.
    private async Task LookAsync(TaskCompletionSource<DrainEnd> early, CancellationToken cancellationToken)
    {
        _looked = time.GetTimestamp();
        try
        {
            if (await door.GetPendingAsync(MostItems, cancellationToken) is not { Count: < MostItems } items)
                return;
            var waiting = items.Where(item => item.State is not (PendingState.Blocked or PendingState.LocalOnly)).ToList();
            if (waiting.Count > 0 && waiting.All(item => item.State == PendingState.Open))
                early.TrySetResult(DrainEnd.InUse);
            // Trouble at Synapse itself, such as maintenance, is an answer, but one that nothing can be sent with.
            else if (time.GetElapsedTime(_moved) >= patience && waiting.All(IsFailing))
            {
                Problem = waiting.Find(item => item.Reason is not null)?.Reason;
                early.TrySetResult(DrainEnd.OutOfReach);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or CliException)
        {
            // The wait itself tells how it stands.
        }
    }

    private static bool IsFailing(PendingItem item) =>
        item is { State: PendingState.Open } or { State: PendingState.Queued, Reason: not null };
}
