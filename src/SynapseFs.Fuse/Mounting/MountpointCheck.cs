using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Native;

namespace SynapseFs.Fuse.Mounting;

/// <summary>What a directory must be before something is mounted on it. A dead mount of ours on it is cleared first.</summary>
internal static class MountpointCheck
{
    private const uint TypeMask = 0xf000;
    private const uint Directory = 0x4000;

    /// <summary>The full path of a directory that can be mounted on.</summary>
    public static string Require(string path, ILogger logger)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new FuseMountException(MountFailure.MountpointMissing, "No mountpoint was given: name an empty directory.");
        var full = MountTable.Normalize(path);
        var errno = Stat(full, out var mode);
        if (errno == Errno.ENOTCONN)
        {
            Unmounter.ClearStale(full);
            Log.StaleMountCleared(logger, full);
            errno = Stat(full, out mode);
        }

        RequireDirectory(full, errno, mode);
        if (MountTable.FindFuse(full) is { } present)
        {
            throw new FuseMountException(
                MountFailure.AlreadyMounted,
                $"'{present.Source}' is mounted at {full} already: unmount it with 'synapsefs unmount {full}', "
                + "or choose another directory.");
        }

        RequireEmpty(full);
        return full;
    }

    /// <summary>The errno of asking for a path, 0 when it is there. A live mount is really asked, not the kernel's memory of it.</summary>
    public static int Stat(string path, out uint mode)
    {
        var result = Libc.statx(Libc.AT_FDCWD, path, Libc.AT_STATX_FORCE_SYNC, Libc.STATX_BASIC_STATS, out var found);
        mode = found.Mode;
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static void RequireDirectory(string full, int errno, uint mode)
    {
        switch (errno)
        {
            case 0 when (mode & TypeMask) == Directory:
                return;
            case 0 or Errno.ENOTDIR:
                throw new FuseMountException(
                    MountFailure.NotADirectory, $"{full} is not a directory: choose an empty directory to mount on.");
            case Errno.ENOENT:
                throw new FuseMountException(
                    MountFailure.MountpointMissing, $"{full} does not exist: create it with 'mkdir -p {full}'.");
            default:
                throw new FuseMountException(
                    MountFailure.Refused,
                    $"{full} cannot be looked at ({Marshal.GetPInvokeErrorMessage(errno)}): choose a directory of your own.");
        }
    }

    private static void RequireEmpty(string full)
    {
        bool empty;
        try
        {
            empty = !System.IO.Directory.EnumerateFileSystemEntries(full).Any();
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new FuseMountException(
                MountFailure.Refused, $"{full} cannot be listed ({problem.Message}): choose a directory of your own.", problem);
        }

        if (!empty)
        {
            throw new FuseMountException(
                MountFailure.NotEmpty, $"{full} is not empty, and a mount would hide what is in it: choose an empty directory.");
        }
    }
}
