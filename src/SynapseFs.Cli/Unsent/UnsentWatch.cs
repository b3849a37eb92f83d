using Microsoft.Extensions.Logging;
using SynapseFs.Core;

namespace SynapseFs.Cli.Unsent;

/// <summary>
/// Keeps the note of a running mount's unsent changes: there for as long as it runs, and afterwards when something waits. Its numbers are
/// exact once the mount has ended; before, they may be some seconds old.
/// </summary>
internal sealed class UnsentWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Summing up very many changes takes a while: the watch never takes more than this part of a processor.</summary>
    private const int LeastRest = 50;

    private static readonly TimeSpan Refreshed = TimeSpan.FromSeconds(15);

    private readonly string _directory;
    private readonly Func<PendingSummary> _pending;
    private readonly Func<PendingSummary, UnsentNote> _describe;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;
    private UnsentNote? _written;

    public UnsentWatch(
        string directory, Func<PendingSummary> pending, Func<PendingSummary, UnsentNote> describe, TimeProvider time, ILogger log)
    {
        (_directory, _pending, _describe, _time, _log) = (directory, pending, describe, time, log);
        Keep(isLast: false);
        _watching = WatchAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        Keep(isLast: true);
        _stopping.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var period = new PeriodicTimer(Period, _time);
        try
        {
            while (await period.WaitForNextTickAsync(cancellationToken))
            {
                var began = _time.GetTimestamp();
                Keep(isLast: false);
                var rest = _time.GetElapsedTime(began) * LeastRest;
                period.Period = rest > Period ? rest : Period;
            }
        }
        catch (OperationCanceledException)
        {
            // The mount ends.
        }
    }

    private void Keep(bool isLast)
    {
        var pending = _pending();
        var changes = pending.Waiting + pending.Blocked;
        try
        {
            if (isLast && changes == 0)
                UnsentNote.Remove(_directory);
            else if (isLast || _written is not { } last || (IsOther(last, pending, changes) && _time.GetUtcNow() - last.When >= Refreshed))
            {
                var note = _describe(pending) with { IsRunning = !isLast };
                note.Write();
                _written = note;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _log.UnsentNoteFailed(_directory, problem.Message);
        }
    }

    private static bool IsOther(UnsentNote last, PendingSummary pending, int changes) =>
        (last.Changes, last.Blocked, last.Bytes) != (changes, pending.Blocked, pending.Bytes);
}
