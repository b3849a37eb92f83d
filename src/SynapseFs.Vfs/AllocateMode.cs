namespace SynapseFs.Vfs;

/// <summary>What fallocate(2) is to do with a range.</summary>
[Flags]
public enum AllocateMode
{
    /// <summary>Reserve, growing the file if the range ends beyond it.</summary>
    Reserve = 0,
    /// <summary>Do not change the length.</summary>
    KeepLength = 1,
    /// <summary>Give the range back: it reads as zeros afterwards. Only together with <see cref="KeepLength"/>.</summary>
    PunchHole = 2,
    /// <summary>The range reads as zeros afterwards.</summary>
    ZeroRange = 16,
}
