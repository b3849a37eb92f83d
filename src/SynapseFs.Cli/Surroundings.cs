using System.Globalization;

namespace SynapseFs.Cli;

/// <summary>The machine as the program sees it: environment variables, the directories that follow from them, the user. Tests make their own.</summary>
internal sealed record Surroundings
{
    public required Func<string, string?> Variable { get; init; }

    public required uint UserId { get; init; }

    public required string Home { get; init; }

    public string FuseDevice { get; init; } = "/dev/fuse";

    public string FuseConfiguration { get; init; } = "/etc/fuse.conf";

    /// <summary>Where a running mount leaves its record and socket. Never readable by others.</summary>
    public string RuntimeDirectory => Directory("XDG_RUNTIME_DIR", null) ??
        (UserId == 0 ? "/run/synapsefs" : string.Create(CultureInfo.InvariantCulture, $"/tmp/synapsefs-{UserId}"));

    public string CacheRoot => Directory("XDG_CACHE_HOME", ".cache")!;

    public string StateRoot => Directory("XDG_STATE_HOME", ".local/state")!;

    public string ConfigurationFile => Path.Combine(Home, ".synapseConfig");

    public bool IsRoot => UserId == 0;

    /// <summary>Whether the process has CAP_SYS_ADMIN in the machine's own user namespace.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>Where programs lie that the mounting looks for even when the PATH does not name them.</summary>
    public IReadOnlyList<string> UsualPlaces { get; init; } = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"];

    /// <summary>The file of a program on the PATH or in a usual place, or null.</summary>
    public string? FindProgram(string name) => (Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(UsualPlaces).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    public static Surroundings Current() => new()
    {
        Variable = Environment.GetEnvironmentVariable,
        UserId = ReadUserId(),
        IsAdministrator = ReadIsAdministrator(),
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
    };

    private string? Directory(string variable, string? underHome) => Variable(variable) is { Length: > 0 } root && Path.IsPathRooted(root)
        ? Path.Combine(root, "synapsefs")
        : underHome is null ? null : Path.Combine(Home, underHome, "synapsefs");

    /// <summary>Bit 21 of the effective capabilities; in a user namespace of its own the table of users is another than the whole.</summary>
    private static bool ReadIsAdministrator()
    {
        const string Status = "/proc/self/status";
        const int SysAdmin = 21;
        if (!File.Exists(Status))
            return false;
        var line = File.ReadLines(Status).First(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
        var capabilities = ulong.Parse(line.Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (capabilities >> SysAdmin & 1) != 0 && File.ReadAllText("/proc/self/uid_map").Contains("4294967295", StringComparison.Ordinal);
    }

    /// <summary>The effective user: the second number of the "Uid:" line of proc(5).</summary>
    private static uint ReadUserId()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
            return uint.MaxValue;
        var line = File.ReadLines(Status).First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return uint.Parse(line.Split('\t', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
    }
}
