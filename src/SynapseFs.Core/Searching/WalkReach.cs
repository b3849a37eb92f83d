namespace SynapseFs.Core.Searching;

/// <summary>What a walk asks the remote side.</summary>
public enum WalkReach
{
    /// <summary>Nothing.</summary>
    Known,
    /// <summary>What was never listed or described; what once was is taken as it was then.</summary>
    Unknown,
    /// <summary>Also whether directories are still as they were, where their lease has ended.</summary>
    Fresh,
}
