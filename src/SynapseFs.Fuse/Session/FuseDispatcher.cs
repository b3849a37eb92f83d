using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// From opcode to verb and back. A verb that completes at once is answered before <see cref="DispatchAsync"/> returns, on the
/// reader's own thread. The task returned never fails: whatever happens, the kernel gets one answer. The operation families
/// fill files of their own.
/// </summary>
internal sealed partial class FuseDispatcher(
    IFileSystem fileSystem, RequestsInFlight inFlight, AttributeEncoding encoding, TimeProvider time, ILogger logger)
{
    private volatile bool _closed;

    /// <summary>
    /// Whether the kernel drops pages that a write goes around, and lets such a file be mapped. Linux 6.6 does both, and tells it by
    /// offering the second (<see cref="FuseFeatures.DirectIoAllowMmap"/>).
    /// </summary>
    public bool KeepsPagesTrue { get; set; }

    /// <summary>Null where the kernel reads no files by itself.</summary>
    public BackingFiles? Backing { get; set; }

    /// <summary>Refuses every later request: the filesystem hears no verb any more.</summary>
    public void Close() => _closed = true;

    /// <summary>Takes one message. The memory is the caller's again when this returns, for WRITE when the task is done.</summary>
    public ValueTask DispatchAsync(FuseDevice device, ReadOnlyMemory<byte> message)
    {
        var reader = new MessageReader(message.Span);
        if (message.Length < InHeader.Size)
        {
            Log.MessageTooShort(logger, message.Length);
            return ValueTask.CompletedTask;
        }

        var header = reader.Read<InHeader>();
        var body = message[InHeader.Size..];
        switch (header.Opcode)
        {
            case FuseOpcode.Forget or FuseOpcode.BatchForget or FuseOpcode.Interrupt:
                DispatchUnanswered(header, body.Span);
                return ValueTask.CompletedTask;
            case not FuseOpcode.Destroy when _closed:
                device.ReplyError(header.Unique, Errno.ENOTCONN);
                return ValueTask.CompletedTask;
            default:
                return AnswerAsync(new FuseCall(device, header, body, inFlight.Begin(header.Unique)));
        }
    }

    private void DispatchUnanswered(in InHeader header, ReadOnlySpan<byte> body)
    {
        if (_closed)
            return;
        try
        {
            var reader = new MessageReader(body);
            if (header.Opcode == FuseOpcode.Interrupt)
                inFlight.Interrupt(reader.Read<InterruptIn>().Unique);
            else if (header.Opcode == FuseOpcode.Forget)
                fileSystem.Forget(new InodeNumber(header.NodeId), reader.Read<ForgetIn>().Lookups);
            else
                ForgetMany(ref reader);
        }
        catch (Exception problem)
        {
            Log.VerbFailed(logger, problem, header.Opcode, header.NodeId);
        }
    }

    private void ForgetMany(ref MessageReader reader)
    {
        for (var left = reader.Read<BatchForgetIn>().Count; left > 0; left--)
        {
            var one = reader.Read<ForgetOne>();
            fileSystem.Forget(new InodeNumber(one.NodeId), one.Lookups);
        }
    }

    private async ValueTask AnswerAsync(FuseCall call)
    {
        try
        {
            await VerbAsync(call);
        }
        catch (FsException problem)
        {
            Log.VerbRefused(logger, call.Header.Opcode, call.Header.NodeId, problem.Error, problem.Message);
            call.ReplyError(ErrorCodes.ToErrno(problem.Error, call.Header.Opcode));
        }
        catch (OperationCanceledException) when (call.Token.IsCancellationRequested)
        {
            call.ReplyError(Errno.EINTR);
        }
        catch (MalformedMessageException problem)
        {
            Log.MessageMalformed(logger, call.Header.Opcode, problem.Message);
            call.ReplyError(Errno.EINVAL);
        }
        catch (Exception problem)
        {
            Log.VerbFailed(logger, problem, call.Header.Opcode, call.Header.NodeId);
            call.ReplyError(Errno.EIO);
        }
        finally
        {
            inFlight.End(call.Header.Unique);
        }
    }

    private ValueTask VerbAsync(FuseCall call) => call.Header.Opcode switch
    {
        FuseOpcode.Lookup => LookupAsync(call),
        FuseOpcode.GetAttr => GetAttrAsync(call),
        FuseOpcode.Statx => StatxAsync(call),
        FuseOpcode.SetAttr => SetAttrAsync(call),
        FuseOpcode.ReadLink => ReadLinkAsync(call),
        FuseOpcode.SymLink => SymLinkAsync(call),
        FuseOpcode.MkNod => MkNodAsync(call),
        FuseOpcode.MkDir => MkDirAsync(call),
        FuseOpcode.Unlink => UnlinkAsync(call),
        FuseOpcode.RmDir => RmDirAsync(call),
        FuseOpcode.Rename or FuseOpcode.Rename2 => RenameAsync(call),
        FuseOpcode.Link => LinkAsync(call),
        FuseOpcode.Create => CreateAsync(call),
        FuseOpcode.Open => OpenAsync(call),
        FuseOpcode.Read => ReadAsync(call),
        FuseOpcode.Write => WriteAsync(call),
        FuseOpcode.Flush => FlushAsync(call),
        FuseOpcode.FSync or FuseOpcode.FSyncDir => FSyncAsync(call),
        FuseOpcode.Release => ReleaseAsync(call),
        FuseOpcode.FAllocate => FAllocateAsync(call),
        FuseOpcode.LSeek => LSeekAsync(call),
        FuseOpcode.CopyFileRange or FuseOpcode.CopyFileRange64 => CopyFileRangeAsync(call),
        FuseOpcode.OpenDir => OpenDirAsync(call),
        FuseOpcode.ReadDir or FuseOpcode.ReadDirPlus => ReadDirAsync(call),
        FuseOpcode.ReleaseDir => ReleaseDirAsync(call),
        FuseOpcode.GetXattr => GetXattrAsync(call),
        FuseOpcode.ListXattr => ListXattrAsync(call),
        FuseOpcode.SetXattr => SetXattrAsync(call),
        FuseOpcode.RemoveXattr => RemoveXattrAsync(call),
        FuseOpcode.StatFs => StatFsAsync(call),
        FuseOpcode.Destroy => Destroy(call),
        _ => Unknown(call),
    };

    private static ValueTask Destroy(FuseCall call)
    {
        call.ReplyDone();
        return ValueTask.CompletedTask;
    }

    /// <summary>ENOSYS: the kernel notes it and does without, so each of these is asked once.</summary>
    private static ValueTask Unknown(FuseCall call)
    {
        call.ReplyError(Errno.ENOSYS);
        return ValueTask.CompletedTask;
    }

    private static FileName NewName(ReadOnlySpan<byte> bytes) =>
        NameEncoding.ToFileName(bytes) ?? throw new FsException(FsError.InvalidArgument, "A new name is not valid UTF-8.");

    private static FileName ExistingName(ReadOnlySpan<byte> bytes) =>
        NameEncoding.ToFileName(bytes) ?? throw new FsException(FsError.NotFound, "No name here is anything but UTF-8.");
}
