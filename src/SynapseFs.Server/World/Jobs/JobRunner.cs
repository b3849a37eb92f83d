using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Jobs;

/// <summary>Runs asynchronous jobs, a few at a time; at the start those that an earlier process did not finish.</summary>
internal sealed class JobRunner : IAsyncDisposable
{
    private const int Workers = 2;

    private readonly SynapseWorld _world;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<long> _queue = Channel.CreateUnbounded<long>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _workers;

    public JobRunner(SynapseWorld world, TimeSpan delay, TimeProvider time, ILogger logger)
    {
        (_world, _delay, _time, _logger) = (world, delay, time, logger);
        foreach (var id in world.JobTable.UnderWay())
        {
            _queue.Writer.TryWrite(id);
        }

        world.Jobs.Started = id => _queue.Writer.TryWrite(id);
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync))];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var id in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                await RunOrLeaveAsync(id);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops; what is left is done at the next start.
        }
    }

    private async Task RunOrLeaveAsync(long id)
    {
        try
        {
            await RunAsync(id);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            // Not even the failure could be written, for want of space perhaps. The worker goes on with the next.
            Log.JobNotEnded(_logger, failure, id);
            _world.Jobs.End(id);
        }
    }

    private async Task RunAsync(long id)
    {
        try
        {
            await Task.Delay(_delay, _time, _stop.Token);
            var job = _world.JobTable.Get(id)!;
            var kind = _world.Jobs.Find(job.Kind) ?? throw ServiceException.BadRequest($"Unknown job type: {job.Kind}");
            var caller = _world.Transact(() => CallerOf(job));
            var context = new JobContext(caller, (message, current, total) => Report(id, message, current, total), _stop.Token);
            var last = await kind.RunAsync(context, job.Request);
            _world.Transact(() => _world.JobTable.Complete(id, last()));
        }
        catch (ServiceException refused)
        {
            _world.Transact(() => _world.JobTable.Fail(id, refused));
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            Log.JobFailed(_logger, failure, id);
            var told = DiskSpace.IsUsedUp(failure)
                ? ServiceException.NoSpace()
                : new ServiceException(ServiceError.Unexpected, "Server Error. Error logged.");
            _world.Transact(() => _world.JobTable.Fail(id, told));
        }

        _world.Jobs.End(id);
    }

    private Caller CallerOf(JobRow job) => _world.Users.Get(job.UserId) is { } user
        ? _world.Callers.Of(user, job.Scopes)
        : throw ServiceException.Forbidden("The user who started the job is gone.");

    private void Report(long id, string message, long current, long total) =>
        _world.Transact(() => _world.JobTable.Report(id, message, current, total));
}
