namespace SynapseFs.Cli.Waiting;

/// <summary>How a <see cref="Drain"/> ended.</summary>
internal enum DrainEnd
{
    /// <summary>All is sent but what is blocked.</summary>
    Drained,
    /// <summary>Nothing moved for a while because Synapse does not answer.</summary>
    OutOfReach,
    /// <summary>What is left is still being written by programs.</summary>
    InUse,
    NotAnswering,
}
