namespace SynapseFs.Vfs;

/// <summary>What lseek(2) looks for from an offset on.</summary>
public enum SeekTarget
{
    Data,
    Hole,
}
