using System.Runtime.InteropServices;

namespace SynapseFs.MemoryMount;

/// <summary>Turns SIGTERM into a request to end in order.</summary>
internal static class StopSignal
{
    public static IDisposable On(TaskCompletionSource stop) => PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        stop.TrySetResult();
    });
}
