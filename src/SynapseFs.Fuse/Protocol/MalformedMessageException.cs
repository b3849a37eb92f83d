namespace SynapseFs.Fuse.Protocol;

/// <summary>A request shorter than its own kind, or without the zero that ends its name. Answered EINVAL.</summary>
internal sealed class MalformedMessageException(string message) : Exception(message);
