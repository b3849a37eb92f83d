using Microsoft.Extensions.Logging;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Reading;
using SynapseFs.Core.Sending;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Watching;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>
/// The engine: a remote tree as a filesystem, answered from the cache directory whenever that knows, from node providers otherwise.
/// </summary>
public sealed partial class RemoteFileSystem : IFileSystem, IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly MountParts _parts;
    private readonly InodeReferences _references = new();
    private readonly HandleTable _handles = new();
    private readonly KernelNews _news = new();
    private readonly RemoteCalls _calls;
    private readonly TreeChanges _changes;
    private readonly NodeTree _tree;
    private readonly Describer _describer;
    private readonly FetchDoor _door;
    private readonly DoubtfulContents _doubts;
    private readonly OpenContents _contents;
    private readonly UnknownLengths _unknownLengths;
    private readonly ConfirmedContents _confirmed = new();
    private readonly ContentsAhead _ahead;
    private readonly FormatsAhead _formats;
    private readonly Journal _journal;
    private readonly FilesInUse _files;
    private readonly LocalChanges _local;
    private readonly Drainer _drainer;
    private readonly XattrWait _xattrWait;
    private readonly PendingView _pending;
    private readonly QuotaWatch _quota;
    private readonly Notices _notices;
    private readonly Makers _makers = new();
    private readonly List<Task> _tasks;
    private bool _isDisposed;

    /// <summary>
    /// Begins a mount of <paramref name="root"/>. The cache directory stays the caller's and must outlive this.
    /// </summary>
    public RemoteFileSystem(
        CacheDirectory cache, NodeProviders providers, RemoteNode root, MountOptions options, TimeProvider time, ILoggerFactory log)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(providers);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(log);
        _parts = new MountParts(cache, providers, options, time, log.CreateLogger<RemoteFileSystem>());
        var filter = new ListingFilter(_parts);
        _calls = new RemoteCalls(_parts);
        _journal = new Journal(_parts);
        _changes = new TreeChanges(_parts, filter, _references, _news, _journal);
        var bulk = new BulkDetails(_parts, _changes, _calls, _ended.Token);
        _tree = new NodeTree(_parts, _changes, filter, _calls, bulk, _ended.Token);
        _describer = new Describer(_parts, _changes, _tree, _calls, bulk, _ended.Token);
        _notices = new Notices(_parts.Log);
        _door = new FetchDoor(_parts, _calls, _notices);
        _doubts = new DoubtfulContents(_parts, _changes.PathOf);
        _contents = new OpenContents(_parts, _door, _doubts, _news.ContentChanged, _ended.Token);
        _ahead = new ContentsAhead(_parts, _changes, _contents, _confirmed, _calls, _ended.Token);
        _formats = new FormatsAhead(_parts, _changes, _describer, _ahead, _ended.Token);
        _unknownLengths = new UnknownLengths(_parts, _door, _ended.Token);
        EnsureRoot(root);
        _files = new FilesInUse(_parts, _journal, _contents);
        _local = new LocalChanges(_parts, _changes, _journal, _references, _files, _notices);
        _changes.Orphaned = _local.Orphan;
        _changes.Replaced = _local.HandOn;
        _local.HandOnAll();
        var attempts = new Attempts(time);
        var texts = new WaitingTexts(_changes, _journal, _parts.Cache.Nodes);
        var view = new PlanView(_parts, _changes, _journal, _local, _files, texts, attempts);
        var answers = new XattrAnswers();
        var sender = new Sender(
            _parts, _changes, _journal, _local, _files, _calls, new Settling(_parts, _changes, _journal, _local, _news),
            new XattrSender(_changes, _tree, _local, _calls, answers, _news, _notices));
        var refusals = new Refusals(_parts, _changes, _tree, _journal, _local, _references, _news, _notices);
        var obstacles = new Obstacles(_parts, _changes, _journal, attempts);
        _drainer = new Drainer(_parts, _journal, view, sender, refusals, _calls, attempts, obstacles);
        _xattrWait = new XattrWait(_parts, _journal, view, _files, _drainer, attempts, _calls, answers, texts);
        _pending = new PendingView(_parts, _changes, _journal, _local, view, _files, _drainer, sender, attempts, obstacles);
        _quota = new QuotaWatch(_parts, _changes, _calls, () => _pending.Sum().Bytes, _ended.Token);
        providers.Tree?.Attach(WalkBelow);
        var revalidator = new Revalidator(_parts, _changes, _references, _tree, _calls);
        _tasks = [OwnAsync(_news.RunAsync), OwnAsync(revalidator.RunAsync), OwnAsync(_drainer.RunAsync), OwnAsync(_contents.CheckLeftAsync)];
    }

    public void Attach(IKernelCache kernelCache)
    {
        ArgumentNullException.ThrowIfNull(kernelCache);
        _news.Attach(kernelCache);
    }

    /// <summary>How the mount is doing; no call, no wait.</summary>
    public MountStatus GetStatus()
    {
        var standing = _calls.Standing;
        return new MountStatus
        {
            Online = standing.OfflineSince is null,
            OfflineSince = standing.OfflineSince,
            LastProblem = standing.LastProblem,
            OpenFiles = _handles.All<FileHandle>().Count,
            KnownNodes = _parts.Cache.Nodes.Count,
            CachedBytes = _parts.Cache.Contents.TotalBytes,
            Pending = _pending.Sum(),
            Notices = [.. _parts.Cache.Repairs, .. _notices.All, .. _doubts.Sentences],
        };
    }

    /// <summary>The first changes not yet remote, oldest first.</summary>
    public IReadOnlyList<PendingItem> GetPending(int most) => _pending.List(most);

    /// <summary>
    /// Waits until nothing at or below the path (from the mount's root, "/" for all) waits to be sent, telling progress now and then.
    /// What is blocked ends the wait too, after one more try. Returns what is left blocked there.
    /// </summary>
    public Task<IReadOnlyList<PendingItem>> WaitAsync(
        string path, IProgress<PendingSummary>? progress, CancellationToken cancellationToken) =>
        _pending.WaitAsync(path, progress, cancellationToken);

    /// <summary>The same for what is at the paths that are meant; what that is may change meanwhile.</summary>
    public Task<IReadOnlyList<PendingItem>> WaitAsync(
        Func<string, bool> isMeant, IProgress<PendingSummary>? progress, CancellationToken cancellationToken) =>
        _pending.WaitAsync(isMeant, progress, cancellationToken);

    /// <summary>
    /// Sums of what is cached and waits. Free is what the disk below has, or what the remote storage still takes where that is less, so
    /// that tools which look before they write are not misled.
    /// </summary>
    public ValueTask<FilesystemStatistics> GetStatisticsAsync(Caller caller, CancellationToken cancellationToken)
    {
        _quota.Ask();
        var cached = _parts.Cache.Contents.TotalBytes + _parts.Cache.Staging.TotalBytes;
        var free = new DriveInfo(_parts.Cache.Path).AvailableFreeSpace;
        if (_quota.Known is { Limit: { } limit } quota)
            (cached, free) = (quota.Used, Math.Clamp(limit - quota.Used, 0, free));
        return new ValueTask<FilesystemStatistics>(new FilesystemStatistics
        {
            TotalBytes = cached + free,
            FreeBytes = free,
            Inodes = _parts.Cache.Nodes.Count,
            MaximumNameLength = 256,
        });
    }

    /// <summary>Ends all fetches and rounds and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await _ended.CancelAsync();
        await Task.WhenAll(_tasks);
        await Task.WhenAll(
            _describer.WhenIdleAsync(), _tree.WhenIdleAsync(), _unknownLengths.WhenIdleAsync(), _ahead.WhenIdleAsync(),
            _formats.WhenIdleAsync(), _quota.WhenIdleAsync());
        await EndFilesAsync();
        await _contents.DisposeAsync();
        _door.Dispose();
        _ahead.Dispose();
        _drainer.Dispose();
        _ended.Dispose();
    }

    // What is open was saved when it was last closed or synced; the rest was never promised.
    private async Task EndFilesAsync()
    {
        foreach (var open in _handles.All<FileHandle>())
        {
            if (open.Reader is { } reader)
                _contents.Close(reader);
            _files.Leave(open.File);
        }

        await _files.WhenIdleAsync();
    }

    private void EnsureRoot(RemoteNode root)
    {
        var now = _parts.Time.GetUtcNow();
        _parts.Cache.Nodes.EnsureRoot(new NodeRow
        {
            Inode = InodeNumber.Root,
            Parent = InodeNumber.Root,
            Name = string.Empty,
            Kind = root.Kind.Name,
            RemoteId = root.RemoteId,
            Modified = now,
            Created = now,
        });
        if (_parts.Options.RootDetails is { } details)
            _changes.ApplyDetails(InodeNumber.Root, details, null);
    }

    private async Task OwnAsync(Func<CancellationToken, Task> run)
    {
        try
        {
            await run(_ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The mount ends.
        }
#pragma warning disable CA1031 // the outermost loop: what is not foreseen is logged, and reading goes on without it
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.BackgroundFailed(_parts.Log, failure);
        }
    }
}
