using System.Runtime.InteropServices;

namespace SynapseFs.Cli;

/// <summary>Ctrl-C, SIGTERM, SIGHUP: asks the running command to end in good order. A second Ctrl-C ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations;

    public StopSignal() => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Receive))];

    /// <summary>Canceled when the process was asked to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Completes when the process was asked to end.</summary>
    public Task Requested => _requested.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested || context.Signal != PosixSignal.SIGINT;
        _source.Cancel();
        _requested.TrySetResult();
    }
}
