namespace SynapseFs.Fuse;

/// <summary>Whether the kernel reads backing files itself (FUSE passthrough), and if not, why.</summary>
public enum PassthroughState
{
    Used,
    /// <summary>By <see cref="FuseMountOptions.Passthrough"/>.</summary>
    SwitchedOff,
    /// <summary>The kernel is older than 6.9, or was built without it.</summary>
    NotOffered,
    /// <summary>This process lacks CAP_SYS_ADMIN in the initial user namespace.</summary>
    NotPermitted,
}
