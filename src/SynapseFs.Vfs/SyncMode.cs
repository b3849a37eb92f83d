namespace SynapseFs.Vfs;

/// <summary>What fsync(2) or fdatasync(2) makes durable.</summary>
public enum SyncMode
{
    ContentOnly,
    Everything,
}
