namespace SynapseFs.Vfs;

/// <summary>Who asks: the identity that the host's kernel reports with a request.</summary>
/// <param name="UserId">Effective user id; 0 where the host has none.</param>
/// <param name="GroupId">Effective group id; 0 where the host has none.</param>
/// <param name="ProcessId">The calling process, or null where the host does not know it (write-back, other pid namespaces).</param>
/// <param name="Umask">Permission bits that the caller wants off in what it creates.</param>
public readonly record struct Caller(uint UserId, uint GroupId, int? ProcessId, FilePermissions Umask)
{
    /// <summary>The filesystem's own work, done for nobody in particular.</summary>
    public static readonly Caller Internal = new(0, 0, null, FilePermissions.None);
}
