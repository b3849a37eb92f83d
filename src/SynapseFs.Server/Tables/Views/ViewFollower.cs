using Microsoft.Extensions.Logging;

namespace SynapseFs.Server.Tables.Views;

/// <summary>Lets the views that were asked for follow the world, each at most the index's delay behind it.</summary>
internal sealed class ViewFollower : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);

    private readonly ViewKeeper _views;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public ViewFollower(ViewKeeper views, TimeSpan delay, TimeProvider time, ILogger logger)
    {
        (_views, _delay, _time, _logger) = (views, delay < Shortest ? Shortest : delay, time, logger);
        _work = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_delay, _time, _stop.Token);
                _views.Follow(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The views stay as they are; the next round tries again.
                Log.ViewsNotFollowed(_logger, failure);
            }
        }
    }
}
