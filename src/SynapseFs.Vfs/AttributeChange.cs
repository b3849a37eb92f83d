namespace SynapseFs.Vfs;

/// <summary>A setattr: each property that is not null is to be set. All of them succeed or none.</summary>
public sealed record AttributeChange
{
    /// <summary>New length in bytes: truncate or extend with zeros.</summary>
    public long? Length { get; init; }

    public FilePermissions? Permissions { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public DateTimeOffset? Accessed { get; init; }

    public uint? UserId { get; init; }

    public uint? GroupId { get; init; }

    /// <summary>The open file through which it was asked (ftruncate), or null.</summary>
    public HandleNumber? Handle { get; init; }
}
