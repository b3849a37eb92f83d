namespace SynapseFs.Client.Configuration;

/// <summary>The configuration cannot be used. The message names the file and section, and the remedy; it holds no secret.</summary>
public sealed class SynapseConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
