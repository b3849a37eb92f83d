namespace SynapseFs.Entities.Capturing;

/// <summary>Programs by what their reading and writing means. Names that are no shell's are as <c>/proc/PID/comm</c> has them, 15 letters at most. Pure.</summary>
internal static class Programs
{
    // Each of their commands stands for itself.
    private static readonly HashSet<string> Shells =
        ["sh", "bash", "dash", "zsh", "ksh", "ksh93", "mksh", "ash", "fish", "tcsh", "csh", "rbash"];

    // They start commands that have nothing to do with each other.
    private static readonly HashSet<string> Starters =
    [
        "make", "gmake", "ninja", "snakemake", "nextflow", "cwltool", "toil", "luigi", "xargs", "parallel", "find", "fd", "entr", "watch",
        "synapsefs", "sshd", "systemd", "init", "cron", "crond", "atd", "tmux: server", "tmux", "screen", "sudo", "su", "login", "slurmstepd",
        "jupyter-lab", "jupyter-noteboo", "jupyterhub-sin", "code", "code-server",
    ];

    // They look at everything, or for a person who looks: nothing is made from it.
    private static readonly HashSet<string> Onlookers =
    [
        "nautilus", "dolphin", "thunar", "Thunar", "nemo", "caja", "pcmanfm", "pcmanfm-qt", "mc", "ranger", "nnn", "lf", "vifm",
        "gnome-shell", "plasmashell", "xdg-desktop-por", "kioworker", "kioslave5", "kioslave", "tumblerd", "updatedb", "updatedb.plocat",
        "plocate-build", "locate", "clamd", "clamscan", "freshclam", "zeitgeist-fts", "recollindex", "evince-thumbnai", "totem-video-thu",
        "ffmpegthumbnail", "gdk-pixbuf-thum", "localsearch-3", "inotifywait",
    ];

    private static readonly string[] OnlookerBeginnings = ["tracker-", "localsearch", "baloo", "gvfs", "file-manager", "akonadi"];

    // One file for many programs; it is called by the name of the one that is meant, or that comes as its first argument.
    private static readonly HashSet<string> Many = ["busybox", "toybox"];

    private const string Deleted = " (deleted)";

    public static bool IsShell(ProcessFacts process) => Shells.Contains(process.Program);

    /// <summary>Whether a command begins below it.</summary>
    public static bool StartsCommands(ProcessFacts process) =>
        IsShell(process) || Starters.Contains(process.Name) || Starters.Contains(process.Program) || IsOnlooker(process.Name);

    public static bool IsOnlooker(string name) =>
        Onlookers.Contains(name) || OnlookerBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    /// <param name="file">What is executed; null: that may not be seen.</param>
    public static string ProgramOf(string? file, string name, IReadOnlyList<string> arguments)
    {
        if (file is null)
            return name;
        var program = file.EndsWith(Deleted, StringComparison.Ordinal) ? file[..^Deleted.Length] : file;
        return Many.Contains(program) ? arguments.Take(2).Select(Path.GetFileName).FirstOrDefault(called => called != program) ?? program : program;
    }
}
