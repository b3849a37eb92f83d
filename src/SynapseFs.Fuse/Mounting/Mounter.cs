using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Session;

namespace SynapseFs.Fuse.Mounting;

/// <summary>Puts a FUSE descriptor on a directory: by mount(2) as root, by fusermount3 as anybody else, or takes a mounted one.</summary>
internal static class Mounter
{
    private const string HandedIn = "/dev/fd/";

    public static MountedDevice Mount(FuseMountOptions options, ILogger logger)
    {
        if (options.Mountpoint.StartsWith(HandedIn, StringComparison.Ordinal))
            return new MountedDevice(Take(options.Mountpoint), null, options.Mountpoint);

        var privileged = Libc.geteuid() == 0;
        using var device = OpenDevice();
        if (options.AllowOther && !privileged)
            FuseConfiguration.RequireAllowOther();
        var mountpoint = MountpointCheck.Require(options.Mountpoint, logger);
        if (!privileged)
            return new MountedDevice(Fusermount.Mount(mountpoint, options), mountpoint, mountpoint);

        var own = new SafeFileHandle(Libc.fcntl(device, Libc.F_DUPFD_CLOEXEC, 0), ownsHandle: true);
        MountDirectly(own, mountpoint, options);
        return new MountedDevice(own, mountpoint, mountpoint);
    }

    /// <summary>The checks of <see cref="Mount"/> without mounting.</summary>
    public static void Require(FuseMountOptions options, ILogger logger)
    {
        if (options.Mountpoint.StartsWith(HandedIn, StringComparison.Ordinal))
            return;
        OpenDevice().Dispose();
        if (options.AllowOther && Libc.geteuid() != 0)
            FuseConfiguration.RequireAllowOther();
        MountpointCheck.Require(options.Mountpoint, logger);
    }

    /// <summary>Opened also where fusermount3 will open its own: it fails there for the same reasons with a vaguer message.</summary>
    private static SafeFileHandle OpenDevice()
    {
        var device = Libc.open(FuseDevice.Path, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (!device.IsInvalid)
            return device;
        var errno = Marshal.GetLastPInvokeError();
        device.Dispose();
        throw errno is Errno.EACCES or Errno.EPERM
            ? new FuseMountException(
                MountFailure.DeviceRefused,
                "This user may not open /dev/fuse: let an administrator run 'chmod 666 /dev/fuse', as Debian's udev rule does "
                + "(in a container, pass the device in with '--device /dev/fuse').")
            : new FuseMountException(
                MountFailure.NoDevice,
                $"/dev/fuse cannot be opened ({Marshal.GetPInvokeErrorMessage(errno)}): load the kernel module with 'modprobe fuse', "
                + "or start the container with '--device /dev/fuse'.");
    }

    private static void MountDirectly(SafeFileHandle device, string mountpoint, FuseMountOptions options)
    {
        var flags = Libc.MS_NOSUID | Libc.MS_NODEV | (options.ReadOnly ? Libc.MS_RDONLY : 0);
        var data = string.Create(
            CultureInfo.InvariantCulture,
            $"fd={device.DangerousGetHandle()},rootmode=40000,user_id={Libc.getuid()},group_id={Libc.getgid()},default_permissions");
        if (options.AllowOther)
            data += ",allow_other";
        if (Libc.mount(options.Source, mountpoint, MountTable.FileSystemType, flags, data) == 0)
            return;
        var errno = Marshal.GetLastPInvokeError();
        device.Dispose();
        var remedy = errno == Errno.EPERM
            ? "in a container, add '--cap-add SYS_ADMIN', or let a privileged process mount and pass the descriptor as /dev/fd/N"
            : "the kernel's log (dmesg) may say more";
        throw new FuseMountException(
            MountFailure.Refused, $"The kernel refused to mount at {mountpoint} ({Marshal.GetPInvokeErrorMessage(errno)}): {remedy}.");
    }

    private static SafeFileHandle Take(string path)
    {
        if (!int.TryParse(path.AsSpan(HandedIn.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new FuseMountException(MountFailure.Refused, $"'{path}' names no descriptor: write /dev/fd/ and its number.");
        var descriptor = new SafeFileHandle(number, ownsHandle: true);
        if (Libc.fcntl(descriptor, Libc.F_SETFD, Libc.FD_CLOEXEC) == 0)
            return descriptor;
        descriptor.SetHandleAsInvalid();
        throw new FuseMountException(
            MountFailure.Refused,
            $"Descriptor {number} is not open here: the starting process must hand in its /dev/fuse under that number.");
    }
}
