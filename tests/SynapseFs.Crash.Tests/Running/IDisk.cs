namespace SynapseFs.Crash.Tests.Running;

/// <summary>What the cache directory lies on.</summary>
internal interface IDisk : IAsyncDisposable
{
    string Path { get; }

    /// <summary>Whether it can lose its power.</summary>
    bool LosesWhatIsNotSynced { get; }

    /// <summary>Loses the power: of what was not synced, something or nothing is left.</summary>
    Task CutAsync(int seed);
}
