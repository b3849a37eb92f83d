namespace SynapseFs.Client.Transport;

/// <summary>Why a try may be repeated.</summary>
internal enum Trouble
{
    /// <summary>It may not: it succeeded, or was refused for good.</summary>
    None,
    /// <summary>No connection, or no answer in time.</summary>
    OutOfReach,
    /// <summary>A connection broke on the way, or the answer did.</summary>
    Broken,
    /// <summary>429, or the service asks to slow down.</summary>
    Throttled,
    /// <summary>The service answers, but is in trouble.</summary>
    Unavailable,
}
