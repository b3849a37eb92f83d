using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Mounting;
using SynapseFs.Fuse.Native;

namespace SynapseFs.Fuse;

/// <summary>Takes mounts away: by umount2(2) where that is permitted, by fusermount3 otherwise.</summary>
public static class Unmounter
{
    /// <summary>Unmounts a mount of this program. Lazily: the name is free at once, present users keep what they have open.</summary>
    /// <exception cref="FuseMountException">NotMounted, Busy or Refused, with the remedy.</exception>
    public static void Unmount(string mountpoint, bool lazy)
    {
        var full = MountTable.Normalize(mountpoint);
        if (!IsOurs(full))
        {
            throw new FuseMountException(
                MountFailure.NotMounted, $"Nothing of ours is mounted at {full}: 'synapsefs status' lists the mounts.");
        }

        Remove(full, lazy ? Libc.MNT_DETACH : 0);
    }

    /// <summary>Whether the path is a mount whose process has died: every use says "Transport endpoint is not connected".</summary>
    public static bool IsStale(string mountpoint)
    {
        var full = MountTable.Normalize(mountpoint);
        return IsOurs(full) && MountpointCheck.Stat(full, out _) == Errno.ENOTCONN;
    }

    /// <summary>Removes a mount whose process has died, also one that covers another such.</summary>
    /// <exception cref="FuseMountException">The kernel or fusermount3 refused.</exception>
    public static void ClearStale(string mountpoint)
    {
        while (IsStale(mountpoint))
            Unmount(mountpoint, lazy: true);
    }

    /// <summary>Unmounts whatever it takes: who still uses the mount is cut off, so that its readers end.</summary>
    internal static void UnmountOrCutOff(string mountpoint, ILogger logger)
    {
        if (MountTable.FindFuse(mountpoint) is not { } entry)
            return;
        try
        {
            Remove(mountpoint, 0);
        }
        catch (FuseMountException problem) when (problem.Failure == MountFailure.Busy)
        {
            Log.DetachedBusyMount(logger, mountpoint);
            Remove(mountpoint, Libc.MNT_DETACH | Libc.MNT_FORCE);

            // As root MNT_FORCE has done it; fusermount3 cannot.
            if (Libc.geteuid() != 0)
                FuseConnection.Abort(entry, logger);
        }
    }

    private static bool IsOurs(string full) => MountTable.Find(full) is { IsSynapseFs: true };

    private static void Remove(string full, int flags)
    {
        if (Libc.geteuid() == 0)
        {
            if (Libc.umount2(full, flags | Libc.UMOUNT_NOFOLLOW) == 0)
                return;
            throw Refusal(full, Marshal.GetLastPInvokeError() == Errno.EBUSY, Marshal.GetLastPInvokeErrorMessage());
        }

        var complaint = Fusermount.Unmount(full, (flags & Libc.MNT_DETACH) != 0);
        if (complaint.Length > 0)
            throw Refusal(full, complaint.Contains("busy", StringComparison.OrdinalIgnoreCase), complaint);
    }

    private static FuseMountException Refusal(string full, bool busy, string reason) => busy
        ? new FuseMountException(
            MountFailure.Busy, $"{full} is in use: close what is open there ('fuser -vm {full}' lists it), or unmount with --lazy.")
        : new FuseMountException(
            MountFailure.Refused, $"{full} could not be unmounted ({reason}): only root and the user who mounted it may.");
}
