using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Fuse.Native;

namespace SynapseFs.Fuse.Mounting;

/// <summary>
/// fusermount3, the setuid program that mounts for ordinary users. It sends the mounted descriptor back over a Unix socket whose
/// number stands in _FUSE_COMMFD.
/// </summary>
internal static class Fusermount
{
    private const string CommunicationVariable = "_FUSE_COMMFD";
    private static readonly string[] Names = ["fusermount3", "fusermount"];
    private static readonly string[] UsualPlaces = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"];

    /// <summary>The program's path, or null where none is installed.</summary>
    public static string? Find(string? searchPath)
    {
        var places = (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(UsualPlaces).ToArray();
        return Names.SelectMany(name => places.Select(place => Path.Combine(place, name))).FirstOrDefault(File.Exists);
    }

    public static SafeFileHandle Mount(string mountpoint, FuseMountOptions options)
    {
        if (Libc.socketpair(Libc.AF_UNIX, Libc.SOCK_STREAM, 0, out var pair) != 0)
            throw new FuseMountException(MountFailure.Refused, $"No socket pair for fusermount3: {Marshal.GetLastPInvokeErrorMessage()}.");
        using var ours = new SafeFileHandle(pair.First, ownsHandle: true);
        using var theirs = new SafeFileHandle(pair.Second, ownsHandle: true);
        _ = Libc.fcntl(ours, Libc.F_SETFD, Libc.FD_CLOEXEC);

        using var process = Start(["-o", OptionsText(options), "--", mountpoint], pair.Second);

        // Ours must be the only end left, or a fusermount3 that fails would leave us waiting for ever.
        theirs.Dispose();
        var errors = process.StandardError.ReadToEndAsync();
        var descriptor = Receive(ours);
        process.WaitForExit();
        var complaint = errors.GetAwaiter().GetResult().Trim();
        return descriptor ?? throw Refusal(mountpoint, complaint);
    }

    /// <summary>Empty when it worked, otherwise what fusermount3 said.</summary>
    public static string Unmount(string mountpoint, bool lazy)
    {
        using var process = Start(lazy ? ["-u", "-z", "--", mountpoint] : ["-u", "--", mountpoint], null);
        var complaint = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return "";
        return complaint.Length > 0 ? complaint : $"fusermount3 ended with {process.ExitCode}";
    }

    /// <summary>Commas part options, so those inside the source are escaped as fusermount3 expects.</summary>
    internal static string OptionsText(FuseMountOptions options)
    {
        var source = options.Source.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);
        var text = $"fsname={source},subtype={MountTable.SubType},default_permissions,nosuid,nodev";
        if (options.ReadOnly)
            text += ",ro";
        return options.AllowOther ? text + ",allow_other" : text;
    }

    internal static FuseMountException Refusal(string mountpoint, string complaint)
    {
        if (complaint.Contains("user_allow_other", StringComparison.Ordinal))
            return FuseConfiguration.AllowOtherRefused();
        var said = complaint.Length > 0 ? complaint : "it gave no reason";
        return new FuseMountException(
            MountFailure.Refused, $"fusermount3 refused to mount at {mountpoint} ({said}): choose an empty directory that you own.");
    }

    private static Process Start(IEnumerable<string> arguments, int? communication)
    {
        var program = Find(Environment.GetEnvironmentVariable("PATH")) ?? throw NotInstalled();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "C";
        if (communication is { } descriptor)
            start.Environment[CommunicationVariable] = descriptor.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Process.Start(start) ?? throw NotInstalled();
        }
        catch (Win32Exception problem)
        {
            throw new FuseMountException(
                MountFailure.NoFusermount,
                $"{program} cannot be started ({problem.Message}): reinstall it with 'apt install fuse3'.",
                problem);
        }
    }

    private static FuseMountException NotInstalled() => new(
        MountFailure.NoFusermount,
        "fusermount3 is not installed, and only root can mount without it: install it with 'apt install fuse3'.");

    private static unsafe SafeFileHandle? Receive(SafeFileHandle socket)
    {
        byte payload = 0;
        var vector = new IoVector((nint)(&payload), 1);
        var control = default(DescriptorMessage);

        // Sound: all three live on this stack until recvmsg has returned.
        var message = new MessageHeader
        {
            Vectors = (nint)(&vector),
            VectorCount = 1,
            Control = (nint)(&control),
            ControlLength = (nuint)Unsafe.SizeOf<DescriptorMessage>(),
        };
        nint received;
        do
        {
            received = Libc.recvmsg(socket, ref message, 0);
        }
        while (received < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
        if (received <= 0 || control.Level != Libc.SOL_SOCKET || control.Type != Libc.SCM_RIGHTS)
            return null;
        var descriptor = new SafeFileHandle(control.Descriptor, ownsHandle: true);
        _ = Libc.fcntl(descriptor, Libc.F_SETFD, Libc.FD_CLOEXEC);
        return descriptor;
    }
}
