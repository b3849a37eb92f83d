using SynapseFs.Core.Providers;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>
/// Sends what waits, oldest first, several at a time. A change rests a moment before it is sent; one that failed rests longer; nobody
/// waits behind either. While the remote side is out of reach one change at a time tries the way.
/// </summary>
internal sealed class Drainer(
    MountParts parts, Journal journal, PlanView view, Sender sender, Refusals refusals, RemoteCalls calls, Attempts attempts,
    Obstacles obstacles)
    : IDisposable
{
    private const long LargeContent = 32L << 20;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AttemptBase = TimeSpan.FromMinutes(15);
    private const long SlowestBytesPerSecond = 32 * 1024;

    private readonly SemaphoreSlim _woken = new(0, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NodePlace?> _running = [];
    private readonly RunningTasks _tasks = new();
    private TaskCompletionSource _news = NewsSource();
    private int _large;
    private int _hurried;

    /// <summary>Whether somebody waits: then nothing rests for the sake of what may still come.</summary>
    public bool IsHurried => Volatile.Read(ref _hurried) > 0;

    /// <summary>Something changed: look what can be done.</summary>
    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is to wake up already.
        }
    }

    /// <summary>Whether anything is on its way.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
                return _running.Count > 0;
        }
    }

    public bool IsRunning(string key)
    {
        lock (_lock)
            return _running.ContainsKey(key);
    }

    /// <summary>Completes at the next change of what waits, or of how far it is.</summary>
    public Task NextNewsAsync()
    {
        lock (_lock)
            return _news.Task;
    }

    /// <summary>Nothing rests from here until the answer is disposed.</summary>
    public IDisposable Hurry()
    {
        Interlocked.Increment(ref _hurried);
        attempts.EndRests();
        Wake();
        return new Hurried(this);
    }

    /// <summary>Sends one node now, though programs may have it open, and waits until the remote side has it.</summary>
    /// <exception cref="FsException">What it was refused with.</exception>
    public async Task SendNowAsync(InodeNumber inode, CancellationToken cancellationToken)
    {
        using var hurry = Hurry();
        view.Demand(inode);
        try
        {
            while (true)
            {
                var news = NextNewsAsync();
                if (view.IsRemote(inode))
                    return;
                if (journal.Find(inode) is { } entry && parts.Cache.Nodes.Get(inode) is { } row && obstacles.Of(entry, row) is { } refused)
                    throw new FsException(FsError.InputOutput, refused.Reason);
                Wake();
                await news.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            view.DemandNoMore(inode);
        }
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (parts.Options.ReadOnly || parts.Options.Offline)
            return;
        journal.Changed = Changed;
        try
        {
            while (true)
            {
                var next = StartWhatCan(cancellationToken);
                await _woken.WaitAsync(next, cancellationToken);
            }
        }
        finally
        {
            await _tasks.WhenIdleAsync();
        }
    }

    public void Dispose() => _woken.Dispose();

    public static string KeyOf(InodeNumber inode) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"n{inode.Value}");

    public static string KeyOf(DeletionEntry deletion) => "d" + deletion.RemoteId;

    // Two of ours must not meet at one name: the second would take the first for somebody else's.
    private bool IsTakingPlace(NodePlace place)
    {
        lock (_lock)
            return _running.ContainsValue(place);
    }

    private List<NodePlace> PlacesBeingTaken()
    {
        lock (_lock)
            return [.. _running.Values.OfType<NodePlace>()];
    }

    private static TaskCompletionSource NewsSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Changed()
    {
        Announce();
        Wake();
    }

    private void Announce()
    {
        TaskCompletionSource news;
        lock (_lock)
            (news, _news) = (_news, NewsSource());
        news.TrySetResult();
    }

    // How long to sleep unless woken.
    private TimeSpan StartWhatCan(CancellationToken cancellationToken)
    {
        if (journal.IsEmpty)
            return Timeout.InfiniteTimeSpan;
        var sleep = LongestSleep;
        var most = calls.Standing.OfflineSince is null ? parts.Options.SendsAtOnce : 1;
        var ready = view.Look(
            IsHurried, key => attempts.IsResting(key) || IsRunning(key), IsTakingPlace, PlacesBeingTaken(), settles => sleep = settles < sleep ? settles : sleep);
        foreach (var job in ready)
        {
            lock (_lock)
            {
                if (_running.Count >= most)
                    break;
                // Large contents never take all places: small ones go on past them, and they past small ones.
                var isLarge = job.Entry?.Row.LocalLength >= LargeContent;
                if (isLarge && _large >= Math.Max(1, most / 3))
                    continue;
                _large += isLarge ? 1 : 0;
                _running.Add(KeyOf(job), job.Entry is { NeedsPlace: true, Directory: { } directory } entry
                    ? new NodePlace(directory, entry.Row.Name)
                    : null);
                _tasks.Add(Task.Run(() => DoAsync(job, isLarge, cancellationToken), CancellationToken.None));
            }
        }

        return (attempts.UntilNext() is { } rest && rest < sleep ? rest : sleep) + TimeSpan.FromMilliseconds(1);
    }

    private async Task DoAsync(PlannedJob job, bool isLarge, CancellationToken cancellationToken)
    {
        var key = KeyOf(job);
        var (what, name) = (job.Deletion is null ? "change of" : "deletion of", job.Entry?.Row.Name ?? job.Deletion!.Name);
        // A connection that neither moves nor breaks must not hold a place for ever.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AttemptBase + TimeSpan.FromSeconds((job.Entry?.Row.LocalLength ?? 0) / SlowestBytesPerSecond));
        try
        {
            if (await SendAsync(job, deadline.Token))
            {
                attempts.Succeeded(key);
                Log.Sent(parts.Log, what, name);
            }
            else
            {
                attempts.Failed(key, "it is being changed.", isRefused: false);
            }
        }
        catch (ChangeRefusedException refusal) when (IsAnswered(job, refusal))
        {
            attempts.Succeeded(key);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The mount ends; the next one goes on.
        }
#pragma warning disable CA1031 // whatever it is, the change stays and is tried again
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var isRefused = failure is ChangeRefusedException || failure is not (FsException or OperationCanceledException)
                || failure is FsException { Error: not (FsError.Offline or FsError.StorageDown) };
            var rest = attempts.Failed(key, failure.Message, isRefused);
            Log.NotSent(parts.Log, what, name, (long)rest.TotalSeconds, failure.Message);
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(key);
                _large -= isLarge ? 1 : 0;
            }

            Changed();
        }
    }

    private async Task<bool> SendAsync(PlannedJob job, CancellationToken cancellationToken)
    {
        var urgency = IsHurried ? Urgency.SendingAwaited : Urgency.Sending;
        switch (job.Kind)
        {
            case JobKind.Delete:
                await sender.DeleteAsync(job.Deletion!, urgency, cancellationToken);
                return true;
            case JobKind.Complete:
                await sender.CompleteAsync(job.Entry!.Row.Inode, cancellationToken);
                return true;
            default:
                var isOpenToo = view.IsDemanded(job.Entry!.Row.Inode);
                return await sender.SendAsync(job.Entry, job.Kind == JobKind.MoveAside, isOpenToo, urgency, cancellationToken);
        }
    }

    private bool IsAnswered(PlannedJob job, ChangeRefusedException refusal) => job.Entry is { } entry
        ? refusals.TryAnswer(entry.Row, refusal)
        : refusals.TryAnswer(job.Deletion!, refusal);

    private static string KeyOf(PlannedJob job) => job.Entry is { } entry ? KeyOf(entry.Row.Inode) : KeyOf(job.Deletion!);

    private sealed class Hurried(Drainer drainer) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                Interlocked.Decrement(ref drainer._hurried);
        }
    }
}
