using Microsoft.Extensions.Logging;

namespace SynapseFs.Server.World.Files;

/// <summary>Has uploads forgotten that nothing has happened to for long: at the start, then every hour.</summary>
internal sealed class UploadSweeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly SynapseWorld _world;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _work;

    public UploadSweeper(SynapseWorld world, TimeProvider time, ILogger logger)
    {
        (_world, _logger) = (world, logger);
        _timer = new PeriodicTimer(Pause, time);
        _work = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _work;
    }

    private async Task WorkAsync()
    {
        do
        {
            Sweep();
        }
        while (await _timer.WaitForNextTickAsync());
    }

    private void Sweep()
    {
        try
        {
            _world.Transact(_world.Uploads.RemoveIdle);
        }
        catch (Exception failure)
        {
            // The next hour tries again.
            Log.SweepFailed(_logger, failure);
        }
    }
}
