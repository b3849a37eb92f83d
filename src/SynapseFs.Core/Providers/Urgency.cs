namespace SynapseFs.Core.Providers;

/// <summary>Who waits for an answer, most urgent first. One governor for the account decides the order of calls by it.</summary>
public enum Urgency
{
    /// <summary>A program is blocked in a system call.</summary>
    Waiting,
    /// <summary>Likely to be asked for next.</summary>
    Ahead,
    /// <summary>A change that a person waits to see sent.</summary>
    SendingAwaited,
    /// <summary>A change to be sent that nobody waits for.</summary>
    Sending,
    /// <summary>Nobody waits: revalidation rounds, crawling.</summary>
    Background,
}
