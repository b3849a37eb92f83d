namespace SynapseFs.Cli.Mounting;

/// <summary>Whoever waits to hear that a mount works.</summary>
internal interface IMountAnnouncer
{
    /// <summary>Canceled when nobody waits any more before the mount is ready.</summary>
    CancellationToken Abandoned { get; }

    /// <summary>Something to know about the mount that is no error.</summary>
    void Note(string sentence);

    void Ready(string sentence);
}
