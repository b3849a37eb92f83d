using SynapseFs.Fuse.Native;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Protocol;

/// <summary>The one table from the contract's errors to errno. ENOSYS is not in it: the kernel would never ask again.</summary>
internal static class ErrorCodes
{
    /// <summary>A value too large for an xattr is E2BIG to setxattr(2); anywhere else too large is EFBIG.</summary>
    public static int ToErrno(FsError error, FuseOpcode opcode) =>
        error == FsError.TooLarge && opcode == FuseOpcode.SetXattr ? Errno.E2BIG : ToErrno(error);

    public static int ToErrno(FsError error) => error switch
    {
        FsError.NotFound => Errno.ENOENT,
        FsError.AlreadyExists => Errno.EEXIST,
        FsError.NotADirectory => Errno.ENOTDIR,
        FsError.IsADirectory => Errno.EISDIR,
        FsError.NotEmpty => Errno.ENOTEMPTY,
        FsError.AccessDenied or FsError.NotSignedIn => Errno.EACCES,
        FsError.NotPermitted => Errno.EPERM,
        FsError.ReadOnly => Errno.EROFS,
        FsError.InvalidArgument => Errno.EINVAL,
        FsError.NameTooLong => Errno.ENAMETOOLONG,
        FsError.NoXattr => Errno.ENODATA,
        FsError.BadHandle => Errno.EBADF,
        FsError.Stale => Errno.ESTALE,
        FsError.Busy => Errno.EBUSY,
        FsError.NoSpace => Errno.ENOSPC,
        FsError.OverQuota => Errno.EDQUOT,
        FsError.TooLarge => Errno.EFBIG,
        FsError.NoData => Errno.ENXIO,
        FsError.CrossDevice => Errno.EXDEV,
        FsError.TooManyLinks => Errno.ELOOP,
        FsError.Conflict => Errno.EBUSY,
        FsError.Offline => Errno.ENETUNREACH,
        FsError.StorageDown => Errno.EHOSTDOWN,
        FsError.Interrupted => Errno.EINTR,
        FsError.NotSupported => Errno.EOPNOTSUPP,
        _ => Errno.EIO,
    };
}
