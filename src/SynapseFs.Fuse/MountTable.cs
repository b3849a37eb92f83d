using System.Globalization;
using System.Text;

namespace SynapseFs.Fuse;

/// <summary>What is mounted where, from the kernel itself. Reading it never touches a mount, so a hung one cannot hang us.</summary>
public static class MountTable
{
    public const string SubType = "synapsefs";

    public const string FileSystemType = "fuse." + SubType;

    private const string Path = "/proc/self/mountinfo";

    /// <summary>All mounts that this process sees, those that cover others after them.</summary>
    public static IReadOnlyList<MountTableEntry> Read() => Parse(File.ReadLines(Path));

    /// <summary>What is to be seen at a path if it is a mountpoint, else null.</summary>
    public static MountTableEntry? Find(string path)
    {
        var full = Normalize(path);
        return Read().LastOrDefault(entry => entry.Mountpoint == full);
    }

    /// <summary>The mount that a path lies in.</summary>
    /// <param name="path">Absolute; symbolic links are not followed.</param>
    public static MountTableEntry? Holding(string path) => Read()
        .Where(entry => entry.Mountpoint == "/" || $"{path}/".StartsWith($"{entry.Mountpoint}/", StringComparison.Ordinal))
        .MaxBy(entry => entry.Mountpoint.Length);

    internal static MountTableEntry? FindFuse(string path) => Find(path) is { IsFuse: true } entry ? entry : null;

    internal static IReadOnlyList<MountTableEntry> Parse(IEnumerable<string> lines) => [.. lines.Select(Parse).OfType<MountTableEntry>()];

    /// <summary>Absolute, without a slash at the end, symbolic links on the way to the last part resolved as the kernel shows it.</summary>
    internal static string Normalize(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var parent = System.IO.Path.GetDirectoryName(full);
        return parent is null ? full : System.IO.Path.Combine(Resolve(parent), System.IO.Path.GetFileName(full));
    }

    /// <summary>Only the directories above a mountpoint may be resolved: asking about the mountpoint itself would ask the mount.</summary>
    private static string Resolve(string directory)
    {
        var parent = System.IO.Path.GetDirectoryName(directory);
        if (parent is null)
            return directory;
        var here = System.IO.Path.Combine(Resolve(parent), System.IO.Path.GetFileName(directory));
        try
        {
            return Directory.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName ?? here;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return here;
        }
    }

    // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue   (proc_pid_mountinfo(5))
    private static MountTableEntry? Parse(string line)
    {
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", 0);
        if (separator < 6 || fields.Length < separator + 3)
            return null;
        var device = fields[2].Split(':');
        if (device.Length != 2 || !int.TryParse(device[0], CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(device[1], CultureInfo.InvariantCulture, out var minor))
            return null;
        var readOnly = fields[5].Split(',').Contains("ro");
        return new MountTableEntry(Unescape(fields[4]), fields[separator + 1], Unescape(fields[separator + 2]), major, minor, readOnly);
    }

    /// <summary>Space, tab, newline and backslash stand as three octal digits after a backslash.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\'))
            return field;
        var text = new StringBuilder(field.Length);
        for (var at = 0; at < field.Length; at++)
        {
            if (field[at] == '\\' && at + 3 < field.Length && field.AsSpan(at + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)(((field[at + 1] - '0') << 6) | ((field[at + 2] - '0') << 3) | (field[at + 3] - '0')));
                at += 3;
            }
            else
            {
                text.Append(field[at]);
            }
        }

        return text.ToString();
    }
}
