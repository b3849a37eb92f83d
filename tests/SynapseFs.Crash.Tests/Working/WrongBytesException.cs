namespace SynapseFs.Crash.Tests.Working;

/// <summary>A file read otherwise than it was written, without any crash in between.</summary>
internal sealed class WrongBytesException(string message) : Exception(message);
