namespace SynapseFs.Client.Elsewhere;

/// <summary>A storage outside Synapse cannot be reached just now; it may be later. Never leaves this project.</summary>
internal sealed class OutOfReachException(string message, Exception? inner = null) : IOException(message, inner);
