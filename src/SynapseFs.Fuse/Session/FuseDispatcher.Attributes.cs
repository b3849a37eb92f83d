using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>Attributes of inodes and of the whole.</summary>
internal sealed partial class FuseDispatcher
{
    private async ValueTask GetAttrAsync(FuseCall call)
    {
        var message = call.Reader.Read<GetAttrIn>();
        call.Reply(encoding.ToAttrOut(await AttributesAsync(call, message.Flags, message.Handle)));
    }

    /// <summary>Asked instead of GETATTR when somebody wants the birth time, which GETATTR cannot carry.</summary>
    private async ValueTask StatxAsync(FuseCall call)
    {
        var message = call.Reader.Read<StatxIn>();
        call.Reply(encoding.ToStatx(await AttributesAsync(call, message.Flags, message.Handle)));
    }

    private ValueTask<Entry> AttributesAsync(FuseCall call, uint flags, ulong handle) => fileSystem.GetAttributesAsync(
        call.Caller, call.Inode, (flags & GetAttrIn.HasHandle) != 0 ? new HandleNumber(handle) : null, call.Token);

    private async ValueTask SetAttrAsync(FuseCall call)
    {
        var change = ChangeOf(call.Reader.Read<SetAttrIn>());
        call.Reply(encoding.ToAttrOut(await fileSystem.SetAttributesAsync(call.Caller, call.Inode, change, call.Token)));
    }

    private AttributeChange ChangeOf(in SetAttrIn message)
    {
        var valid = message.Valid;
        return new AttributeChange
        {
            Length = valid.HasFlag(SetAttrFields.Length) ? (long)message.Length : null,
            Permissions = valid.HasFlag(SetAttrFields.Mode) ? (FilePermissions)(message.Mode & FuseCall.PermissionMask) : null,
            // Everything belongs to who mounted, as the host says and the filesystem need not know: giving it to them changes nothing.
            UserId = valid.HasFlag(SetAttrFields.UserId) && message.UserId != encoding.UserId ? message.UserId : null,
            GroupId = valid.HasFlag(SetAttrFields.GroupId) && message.GroupId != encoding.GroupId ? message.GroupId : null,
            Handle = valid.HasFlag(SetAttrFields.Handle) ? new HandleNumber(message.Handle) : null,
            Modified = TimeOf(
                valid, SetAttrFields.ModifiedNow, SetAttrFields.Modified, message.ModifySeconds, message.ModifyNanoseconds),
            Accessed = TimeOf(
                valid, SetAttrFields.AccessedNow, SetAttrFields.Accessed, message.AccessSeconds, message.AccessNanoseconds),
        };
    }

    private DateTimeOffset? TimeOf(SetAttrFields valid, SetAttrFields now, SetAttrFields given, long seconds, uint nanoseconds)
    {
        if (valid.HasFlag(now))
            return time.GetUtcNow();
        return valid.HasFlag(given) ? FuseTime.Join(seconds, nanoseconds) : null;
    }

    private async ValueTask StatFsAsync(FuseCall call)
    {
        var statistics = await fileSystem.GetStatisticsAsync(call.Caller, call.Token);
        var block = (uint)Math.Max(statistics.BlockSize, 1);
        call.Reply(new StatFsOut
        {
            Blocks = (ulong)statistics.TotalBytes / block,
            FreeBlocks = (ulong)statistics.FreeBytes / block,
            AvailableBlocks = (ulong)statistics.FreeBytes / block,
            Files = (ulong)statistics.Inodes,
            BlockSize = block,
            FragmentSize = block,
            NameLength = (uint)statistics.MaximumNameLength,
        });
    }
}
