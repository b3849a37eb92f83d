using Microsoft.Win32.SafeHandles;

namespace SynapseFs.Fuse.Mounting;

/// <summary>A descriptor of /dev/fuse and the place it is mounted on; no place when it was handed in by whoever mounted it.</summary>
internal sealed record MountedDevice(SafeFileHandle Descriptor, string? Mountpoint, string Shown)
{
    /// <summary>Takes the mount away again after a failure; nobody can have used it.</summary>
    public void Abandon()
    {
        if (Mountpoint is null)
            return;
        try
        {
            Unmounter.Unmount(Mountpoint, lazy: true);
        }
        catch (FuseMountException)
        {
            // The failure that led here is the one to report; a mount that stays is stale and cleared by the next one.
        }
    }
}
