namespace SynapseFs.Entities.Annotations;

/// <summary>Extended attributes that are no annotations.</summary>
public static class EntityXattrNames
{
    /// <summary>
    /// What programs and systems set for themselves and only they read: kept on this machine. Patterns know * and ?.
    /// </summary>
    public static readonly IReadOnlyList<string> Local =
    [
        "user.xdg.*", "user.mime_type", "user.mime-type", "user.charset", "user.com.apple.*", "user.org.netatalk.*", "user.DOSATTRIB",
        "user.DosStream.*", "user.SAMBA_PAI", "user.baloo.*", "user.Beagle.*", "user.rsync.*", "user.overlay.*", "user.fuseoverlayfs.*",
        "user.containers.*", "user.com.dropbox.*", "user.shatag.*",
    ];

    /// <summary>What they all begin with that are facts.</summary>
    internal const string Facts = "user.synapse.";
}
