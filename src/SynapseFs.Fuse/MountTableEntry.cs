namespace SynapseFs.Fuse;

/// <summary>One line of /proc/self/mountinfo, as far as it is of use here.</summary>
/// <param name="Mountpoint">Full path.</param>
/// <param name="Type">As "ext4" or "fuse.synapsefs".</param>
/// <param name="Source">What was mounted, in the words of whoever did.</param>
/// <param name="DeviceMajor">First half of st_dev.</param>
/// <param name="DeviceMinor">Second half of st_dev; for FUSE also the number of the kernel's connection.</param>
/// <param name="IsReadOnly">Whether the kernel refuses changes.</param>
public sealed record MountTableEntry(string Mountpoint, string Type, string Source, int DeviceMajor, int DeviceMinor, bool IsReadOnly)
{
    public bool IsFuse => Type == "fuse" || Type.StartsWith("fuse.", StringComparison.Ordinal);

    /// <summary>Whether this program mounted it.</summary>
    public bool IsSynapseFs => Type == MountTable.FileSystemType;
}
