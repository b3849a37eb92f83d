using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Jobs;

/// <summary>One run of a job: on whose behalf, and how it tells how far it is.</summary>
internal sealed class JobContext(Caller caller, Action<string, long, long> report, CancellationToken cancellationToken)
{
    public Caller Caller { get; } = caller;

    /// <summary>Ends when the server stops; the job is then run again at the next start.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    public void Report(string message, long current, long total) => report(message, current, total);
}
