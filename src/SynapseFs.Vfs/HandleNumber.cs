namespace SynapseFs.Vfs;

/// <summary>Names one open file or directory from Open until Release. Chosen by the filesystem, unique among open handles.</summary>
public readonly record struct HandleNumber(ulong Value);
