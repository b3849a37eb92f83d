using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse;

/// <summary>Every log message of the FUSE host.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "FUSE {Major}.{Minor}, read-ahead {ReadAhead} bytes, features {Features}.")]
    public static partial void HandsShaken(ILogger logger, uint major, uint minor, FuseFeatures features, uint readAhead);

    [LoggerMessage(LogLevel.Debug, "The FUSE device was not cloned, readers share one descriptor: {Reason}.")]
    public static partial void CloneRefused(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "The kernel does not read a cached file by itself: {Reason}.")]
    public static partial void BackingRefused(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The kernel did not take the answer to request {Unique}: {Reason}.")]
    public static partial void ReplyRefused(ILogger logger, ulong unique, string reason);

    [LoggerMessage(LogLevel.Error, "A reader of the FUSE device ended early.")]
    public static partial void ReaderFailed(ILogger logger, Exception problem);

    [LoggerMessage(LogLevel.Warning, "A FUSE message of {Length} bytes is shorter than its header and was dropped.")]
    public static partial void MessageTooShort(ILogger logger, int length);

    [LoggerMessage(LogLevel.Warning, "A {Opcode} request was refused as malformed: {Reason}")]
    public static partial void MessageMalformed(ILogger logger, FuseOpcode opcode, string reason);

    [LoggerMessage(LogLevel.Debug, "{Opcode} on inode {Inode} was refused with {Error}: {Reason}")]
    public static partial void VerbRefused(ILogger logger, FuseOpcode opcode, ulong inode, FsError error, string reason);

    [LoggerMessage(LogLevel.Error, "{Opcode} on inode {Inode} failed unexpectedly; the caller got an I/O error.")]
    public static partial void VerbFailed(ILogger logger, Exception problem, FuseOpcode opcode, ulong inode);

    [LoggerMessage(LogLevel.Warning, "The notification {Code} about inode {Inode} could not be sent.")]
    public static partial void NotificationFailed(ILogger logger, Exception problem, NotifyCode code, ulong inode);

    [LoggerMessage(LogLevel.Information, "Mounted at {Mountpoint}.")]
    public static partial void Mounted(ILogger logger, string mountpoint);

    [LoggerMessage(LogLevel.Information, "A mount left behind by a process that died was cleared from {Mountpoint}.")]
    public static partial void StaleMountCleared(ILogger logger, string mountpoint);

    [LoggerMessage(LogLevel.Information, "{Mountpoint} is in use; it was detached, and whoever still uses it gets errors from now on.")]
    public static partial void DetachedBusyMount(ILogger logger, string mountpoint);

    [LoggerMessage(LogLevel.Warning, "Unmounting {Mountpoint} failed: {Reason}")]
    public static partial void UnmountFailed(ILogger logger, string mountpoint, string reason);

    [LoggerMessage(LogLevel.Warning, "The readers of {Mountpoint} did not end; they end with the process.")]
    public static partial void ReadersRemain(ILogger logger, string mountpoint);

    [LoggerMessage(LogLevel.Debug, "The read-ahead of {Mountpoint} stays at the kernel's default: {Reason}")]
    public static partial void ReadAheadUnchanged(ILogger logger, string mountpoint, string reason);

    [LoggerMessage(LogLevel.Information, "Unmounted {Mountpoint}.")]
    public static partial void Unmounted(ILogger logger, string mountpoint);
}
