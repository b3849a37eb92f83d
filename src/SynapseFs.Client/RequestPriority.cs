namespace SynapseFs.Client;

/// <summary>Who waits for a call, most urgent first: the governor's order.</summary>
public enum RequestPriority
{
    /// <summary>A program is blocked in a system call.</summary>
    Interactive,
    /// <summary>Likely to be asked for next.</summary>
    ReadAhead,
    /// <summary>An upload that a person waits for (fsync, xattr).</summary>
    AwaitedUpload,
    /// <summary>An upload nobody waits for.</summary>
    Upload,
    /// <summary>Revalidation rounds, crawling.</summary>
    Background,
}
