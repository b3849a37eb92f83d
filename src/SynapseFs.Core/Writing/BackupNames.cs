namespace SynapseFs.Core.Writing;

/// <summary>How editors name the backup that they make of a file before writing it anew. Pure.</summary>
internal static class BackupNames
{
    /// <summary>Whether <paramref name="backup"/> is what an editor would call its backup of <paramref name="name"/>.</summary>
    public static bool IsBackupOf(string name, string backup)
    {
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 ? name[..dot] : name;
        return backup == name + "~"
            || (backup.StartsWith(name + ".", StringComparison.Ordinal) && IsEnding(backup[(name.Length + 1)..]))
            || backup == "." + name + "~"
            || (backup.StartsWith(stem + ".", StringComparison.Ordinal) && backup[(stem.Length + 1)..] is "bak" or "BAK")
            || (backup.StartsWith("." + name + ".", StringComparison.Ordinal) && backup.Length <= name.Length + 12);
    }

    private static bool IsEnding(string ending) =>
        ending is "bak" or "BAK" or "old" or "orig" or "backup" or "save"
        || (ending.StartsWith('~') && ending.EndsWith('~'));
}
