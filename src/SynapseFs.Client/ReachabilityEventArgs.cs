namespace SynapseFs.Client;

/// <summary>The service came within reach or went out of it.</summary>
public sealed class ReachabilityEventArgs(bool isReachable, string? problem) : EventArgs
{
    public bool IsReachable => isReachable;

    /// <summary>Why it is out of reach, in one sentence; null when it is within reach.</summary>
    public string? Problem => problem;
}
