using System.Diagnostics;
using SynapseFs.Crash.Tests.Ledgers;
using SynapseFs.Crash.Tests.Remote;
using SynapseFs.Crash.Tests.Working;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Remote;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>
/// Lives of the mounting program on one cache directory, each ended by a kill or a power failure while workers are busy. Each next
/// life must show what was acknowledged, and the server must end up with it, whole and once.
/// </summary>
internal sealed class CrashLoop : IAsyncDisposable
{
    private const int Workers = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProgressPatience = TimeSpan.FromSeconds(10);

    private readonly CrashServer _server;
    private readonly IDisk _disk;
    private readonly Random _random;
    private readonly TemporaryDirectory _directory = new();
    private readonly Workload _workload = new(Workers);
    private readonly CrashReport _report = new();
    private readonly CallTrace _trace = new("loop", TimeProvider.System);
    private IReadOnlyList<FileRecord> _unsettled = [];
    private int _life;
    private string _saidBefore = "";

    private CrashLoop(CrashServer server, IDisk disk, int seed)
    {
        _server = server;
        _disk = disk;
        _random = new Random(seed);
    }

    private string CachePath => Path.Combine(_disk.Path, "cache");

    public static async Task<CrashLoop> StartAsync(IDisk disk, int seed)
    {
        var loop = new CrashLoop(await CrashServer.StartAsync(), disk, seed);
        Directory.CreateDirectory(loop._directory.Combine("mnt"));
        Directory.CreateDirectory(loop.CachePath);
        foreach (var folder in loop._workload.Folders)
            await loop._server.AddFolderAsync(folder);
        return loop;
    }

    /// <summary>So many kills, then a life that is let be. Stops at the first complaint.</summary>
    public async Task<CrashReport> RunAsync(int kills, Action<string> tell)
    {
        var clock = Stopwatch.StartNew();
        while (_report.Kills < kills && _report.Complaints.Count == 0)
        {
            await LiveAsync(CrashPlan.Draw(_random, _life));
            if (_report.Kills % 50 == 0)
                tell($"{_report.Kills} kills, {_report.AtRisk} at risk, {_workload.Acknowledged} changes, {clock.Elapsed.TotalSeconds:0} s");
        }

        if (_report.Complaints.Count == 0)
            await LiveLastAsync();
        _report.Acknowledged = _workload.Acknowledged;
        _report.Elapsed = clock.Elapsed;
        return _report;
    }

    public async ValueTask DisposeAsync()
    {
        _workload.Dispose();
        await _server.DisposeAsync();
        await _disk.DisposeAsync();
        _directory.Dispose();
    }

    private async Task LiveAsync(CrashPlan plan)
    {
        var found = _report.Complaints.Count;
        await using var mount = await CrashMountProcess.StartAsync(Options() with { EndsAt = plan.At, Stops = _disk.LosesWhatIsNotSynced });
        var lives = !mount.EndedItself() && await VerifyAsync(mount) && (!plan.Drains || await DrainAsync(mount));
        if (lives && _report.Complaints.Count == found)
        {
            _workload.Start(mount.Mountpoint, plan.Seed, plan.Acts, plan.LongestPause);
            await Eventually.HoldsAsync(() => mount.EndedItself() || _workload.HasFailed || _workload.HasEnded, plan.Work);
        }

        await EndAsync(mount, plan);
        if (_report.Complaints.Count > found)
            Complain($"Life {_life}: {plan}\nThe life before: {_saidBefore}This life: {mount.Said}\n{string.Join('\n', Evidence())}");
        _saidBefore = mount.Said;
    }

    private async Task LiveLastAsync()
    {
        await using var mount = await CrashMountProcess.StartAsync(Options());
        if (!await VerifyAsync(mount) || !await DrainAsync(mount))
            Complain("the last life ended by itself");
        if (await mount.QuitAsync() != 0)
            Complain($"the last life did not end in order\n{mount.Said}");
    }

    private CrashMountOptions Options()
    {
        _life++;
        return new CrashMountOptions
        {
            Endpoint = _server.Endpoint,
            Token = _server.Token,
            Project = _server.Project,
            Mountpoint = _directory.Combine("mnt"),
            CacheDirectory = CachePath,
            PassedFile = _directory.Combine("passed"),
        };
    }

    /// <summary>Holds the ledgers against the mount; false when it died meanwhile.</summary>
    private async Task<bool> VerifyAsync(CrashMountProcess mount)
    {
        for (var at = 0; at < _workload.Ledgers.Count; at++)
        {
            var (ledger, folder) = (_workload.Ledgers[at], _workload.Folders[at]);
            var check = OnItsOwnThread(() => LedgerCheck.Check(ledger.Copy(), Path.Combine(mount.Mountpoint, folder)));
            // In a program that was stopped calls wait until it is killed, so its end is watched besides.
            await Task.WhenAny(check, Eventually.HoldsAsync(() => check.IsCompleted || mount.EndedItself(), Patience));
            if (mount.EndedItself() || !check.IsCompleted)
            {
                if (!mount.EndedItself())
                    Complain($"{folder} cannot be read: the mount does not answer");
                _ = check.ContinueWith(late => late.Exception, TaskScheduler.Default);
                return false;
            }

            LedgerVerdict verdict;
            try
            {
                verdict = await check;
            }
            catch (IOException failure)
            {
                if (await Eventually.HoldsAsync(mount.EndedItself, ProgressPatience))
                    return false;
                Complain($"{folder} cannot be read: {failure.Message}");
                return false;
            }

            foreach (var complaint in verdict.Complaints)
                Complain($"{folder}/{complaint}");
            Adopt(ledger, verdict.Tree);
            _trace.Add($"life {_life} is as {folder} says, {ledger.Acknowledged} calls");
        }

        // From here on they are what was found.
        _unsettled = [];
        return true;
    }

    /// <summary>Waits until nothing is to be sent any more, and compares with the server; false when the mount died meanwhile.</summary>
    private async Task<bool> DrainAsync(CrashMountProcess mount)
    {
        Core.PendingSummary? pending = null;
        var isDrained = await Eventually.HoldsAsync(
            async () => (pending = await mount.PendingAsync()) is null or { Waiting: 0 } or { Blocked: > 0 }, Patience);
        if (pending is null)
            return false;
        if (!isDrained || pending.Blocked > 0)
            Complain($"not everything is sent: {pending}: {await mount.AskAsync("list")}");
        var remote = await _server.ReadAsync();
        for (var at = 0; at < _workload.Ledgers.Count; at++)
        {
            foreach (var difference in RemoteCheck.Differences(remote, _workload.Ledgers[at].Copy().Before, _workload.Folders[at] + "/"))
                Complain(difference);
        }

        foreach (var path in remote.Things.Keys.Where(path => !_workload.Folders.Contains(path.Split('/')[0])))
            Complain($"{path} is on the server and nobody's");
        foreach (var defect in RemoteCheck.Defects(remote, _workload.Contents))
            Complain(defect);
        _report.Drains++;
        return true;
    }

    private async Task EndAsync(CrashMountProcess mount, CrashPlan plan)
    {
        // Who failed though the mount goes on has something to tell; a mount that just died takes a moment to be seen dead.
        if (_workload.HasFailed && !await Eventually.HoldsAsync(mount.EndedItself, ProgressPatience))
            Complain("a call failed though the mount is alive");
        var isAtPoint = mount.EndedItself();
        if (_disk.LosesWhatIsNotSynced)
        {
            if (!isAtPoint)
                await mount.StopAsync();
            await _disk.CutAsync(plan.Seed);
        }

        await mount.KillAsync();
        _trace.Add($"life {_life} is over, {(isAtPoint ? "at its point" : "from outside")}");
        foreach (var failure in _workload.Join(wasKilled: true))
            Complain(failure);
        _report.Kills++;
        _report.AddEnd(isAtPoint && plan.At is var (point, _) ? point.ToString() : "outside");
        _report.Add(mount.Passed());
        await CountRiskAsync();
        KeepState();
        if (!plan.KeepsContent)
            DropContent();
    }

    private async Task CountRiskAsync()
    {
        var remote = await _server.ReadAsync();
        await TolerateAsync(remote);
        foreach (var defect in RemoteCheck.Defects(remote, _workload.Contents))
            Complain($"before the next start: {defect}");
        var copies = _workload.Ledgers.Select(ledger => ledger.Copy()).ToList();
        var hasInFlight = copies.Exists(copy => copy.InFlight is not null);
        var hasUnsent = copies.Zip(_workload.Folders).Any(pair => RemoteCheck.Differences(remote, pair.First.Before, pair.Second + "/").Count > 0);
        _report.WithInFlight += hasInFlight ? 1 : 0;
        _report.WithUnsent += hasUnsent ? 1 : 0;
        _report.AtRisk += hasInFlight || hasUnsent ? 1 : 0;
        _unsettled = [.. copies.SelectMany(copy => copy.Before.Names).Select(name => name.File).OfType<FileRecord>().Where(file => file.Since.Count > 0)];
    }

    // A file that was being written when an earlier life ended is sent as it was found, as a local disk would show it.
    private async Task TolerateAsync(RemoteTree remote)
    {
        foreach (var thing in _unsettled.Count == 0 ? [] : remote.Things.Values)
        {
            for (var at = 0; at < thing.Versions.Count; at++)
            {
                if (_workload.Contents.Contains(thing.Versions[at]))
                    continue;
                var bytes = await _server.ReadVersionAsync(thing.Id, at + 1);
                if (!_unsettled.Any(file => file.Refuse(bytes) is null))
                    continue;
                _workload.Contents.Add(bytes);
                _report.AsFound++;
            }
        }
    }

    // For whoever has to find out what went wrong: what the last kills left behind, in the directory that SYNAPSEFS_CRASH_KEEP names.
    private void KeepState()
    {
        const int Most = 4;
        if (Environment.GetEnvironmentVariable("SYNAPSEFS_CRASH_KEEP") is not { Length: > 0 } place)
            return;
        foreach (var file in Directory.GetFiles(CachePath, "state.db*").Concat(Directory.GetFiles(Path.Combine(CachePath, "staging"))))
        {
            var copy = Path.Combine(place, $"life-{_life}", Path.GetRelativePath(CachePath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        if (Directory.Exists(Path.Combine(place, $"life-{_life - Most}")))
            Directory.Delete(Path.Combine(place, $"life-{_life - Most}"), recursive: true);
    }

    // What is cached may be lost at any time; what is staged may not.
    private void DropContent()
    {
        foreach (var file in Directory.GetFiles(CachePath, "blocks.db*"))
            File.Delete(file);
        if (Directory.Exists(Path.Combine(CachePath, "content")))
            Directory.Delete(Path.Combine(CachePath, "content"), recursive: true);
    }

    // Files that were open in the crash are as they were found: that is what is sent from now on.
    private void Adopt(Ledger ledger, Tree tree)
    {
        foreach (var (_, file) in tree.Names)
        {
            if (file is null)
                continue;
            _report.AsFound += _workload.Contents.Contains(WholeContents.Md5(file.Whole)) ? 0 : 1;
            _workload.Contents.Add(file.Whole);
        }

        ledger.Adopt(tree);
    }

    // What was asked of the mount and of the server, in the order of time.
    private IEnumerable<string> Evidence() => _workload.Trace.Concat(_trace.Lines).Concat(_server.Trace).Order(StringComparer.Ordinal);

    private void Complain(string text) => _report.Complaints.Add(text);

    // A call into a mount may wait for as long as the mount does.
    private static Task<T> OnItsOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
