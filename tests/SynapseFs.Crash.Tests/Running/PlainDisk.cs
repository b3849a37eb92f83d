using SynapseFs.Testing.Processes;

namespace SynapseFs.Crash.Tests.Running;

/// <summary>The machine's own disk: a killed process loses nothing that it wrote.</summary>
internal sealed class PlainDisk : IDisk
{
    private readonly TemporaryDirectory _directory = new();

    public string Path => _directory.Path;

    public bool LosesWhatIsNotSynced => false;

    public Task CutAsync(int seed) => throw new NotSupportedException("The machine's disk keeps what it was given.");

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
