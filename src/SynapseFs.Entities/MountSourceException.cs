namespace SynapseFs.Entities;

/// <summary>What was asked to be mounted cannot be; the message is one sentence that names the thing and the remedy.</summary>
public sealed class MountSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
