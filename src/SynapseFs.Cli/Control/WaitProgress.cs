using SynapseFs.Core;

namespace SynapseFs.Cli.Control;

/// <summary>How a wait stands.</summary>
/// <param name="Pending">What is still waited for; null before the first word of it.</param>
/// <param name="Online">Whether Synapse answers.</param>
/// <param name="Problem">The last failure, in a sentence; null when there was none since the last success.</param>
internal sealed record WaitProgress(PendingSummary? Pending, bool Online, string? Problem);
