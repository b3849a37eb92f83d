namespace SynapseFs.Entities.Capturing;

/// <summary>Programs by what their reading and writing means. Names as <c>/proc/PID/comm</c> has them, 15 letters at most. Pure.</summary>
internal static class Programs
{
    // Each of their commands stands for itself.
    private static readonly HashSet<string> Shells =
        ["sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "tcsh", "csh", "busybox", "rbash"];

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

    private static readonly string[] InterpreterBeginnings = ["python", "pypy", "ruby", "perl", "lua", "node", "php", "octave", "julia"];

    private static readonly HashSet<string> Interpreters = ["R", "Rscript", "java", "tclsh", "guile", "awk", "gawk", "mawk", "deno", "bun", "pwsh"];

    public static bool IsShell(string name) => Shells.Contains(name);

    /// <summary>Whether a command begins below it.</summary>
    public static bool StartsCommands(string name) => Shells.Contains(name) || Starters.Contains(name) || IsOnlooker(name);

    public static bool IsOnlooker(string name) =>
        Onlookers.Contains(name) || OnlookerBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    public static bool IsInterpreter(string name) =>
        Shells.Contains(name) || Interpreters.Contains(name)
        || InterpreterBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
