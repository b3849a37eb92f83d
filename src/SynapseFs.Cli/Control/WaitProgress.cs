using SynapseFs.Cli.Registry;
using SynapseFs.Core;

namespace SynapseFs.Cli.Control;

/// <summary>How a wait stands.</summary>
/// <param name="Pending">What is still waited for; null before the first word of it.</param>
/// <param name="Online">Whether Synapse answers, and does what it is asked.</param>
/// <param name="Problem">Why not, in a sentence; null when that is not known.</param>
internal sealed record WaitProgress(PendingSummary? Pending, bool Online, string? Problem)
{
    public static WaitProgress Of(PendingSummary? pending, MountReport report) =>
        new(pending, report is { Online: not false, Struggle: null }, report.Struggle ?? report.LastProblem);
}
