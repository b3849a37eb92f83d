namespace SynapseFs.Vfs;

/// <summary>Every way a verb can fail. Each host has one table from here to its kernel's codes.</summary>
public enum FsError
{
    NotFound,
    AlreadyExists,
    NotADirectory,
    IsADirectory,
    NotEmpty,
    AccessDenied,
    /// <summary>The service does not take the caller's credentials (any more), whatever is asked (EACCES).</summary>
    NotSignedIn,
    /// <summary>Not a matter of permission bits: nobody may do this here (EPERM).</summary>
    NotPermitted,
    ReadOnly,
    InvalidArgument,
    NameTooLong,
    NoXattr,
    BadHandle,
    Stale,
    Busy,
    NoSpace,
    /// <summary>The remote side's allowance is used up (EDQUOT).</summary>
    OverQuota,
    TooLarge,
    /// <summary>A seek to data or hole found none (ENXIO).</summary>
    NoData,
    /// <summary>Two filesystems, or two rooms of one, that cannot do this together (EXDEV).</summary>
    CrossDevice,
    /// <summary>Too many links on the way (ELOOP).</summary>
    TooManyLinks,
    Conflict,
    /// <summary>Synapse is out of reach and the answer is not known locally (ENETUNREACH).</summary>
    Offline,
    /// <summary>The service answers, but not the storage that holds the bytes, which is somebody else's (EHOSTDOWN).</summary>
    StorageDown,
    /// <summary>The caller gave up waiting (EINTR).</summary>
    Interrupted,
    NotSupported,
    InputOutput,
}
