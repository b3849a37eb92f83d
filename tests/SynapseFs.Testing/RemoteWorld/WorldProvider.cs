using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>The world's answers for one kind.</summary>
internal sealed class WorldProvider(World world, NodeKind kind, NodeType type) : NodeProvider
{
    public override NodeKind Kind => kind;

    public override NodeType Type => type;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("list", directory.RemoteId, urgency), cancellationToken);
        return world.ChildrenOf(world.Require(directory.RemoteId));
    }

    public override async Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken)
    {
        if (world.MostListedAtOnce == 0)
            return null;
        await world.EnterAsync(new WorldCall("list at once", directory.RemoteId, urgency), cancellationToken);
        var children = world.ChildrenOf(world.Require(directory.RemoteId));
        return children.Count <= world.MostListedAtOnce ? children : null;
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("probe", directory.RemoteId, urgency), cancellationToken);
        var now = world.ChildrenOf(world.Require(directory.RemoteId))
            .Select(child => new KnownChild(child.Name, child.Kind, child.RemoteId, child.Revision));
        return known.ToHashSet().SetEquals(now);
    }

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("find", directory.RemoteId, urgency), cancellationToken);
        return world.ChildrenOf(world.Require(directory.RemoteId)).FirstOrDefault(child => child.Name == name);
    }

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("describe", node.RemoteId, urgency), cancellationToken);
        return world.Require(node.RemoteId).ToDetails();
    }

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) =>
        details.Content is { } key
            ? new WorldContent(world, world.EverMade(node.RemoteId), key)
            : throw new FsException(FsError.AccessDenied, details.Denied ?? "No content.");

    public override async Task<bool> ConfirmContentAsync(
        RemoteNode node, RemoteDetails details, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("confirm", node.RemoteId, urgency), cancellationToken);
        var now = world.Require(node.RemoteId).ToDetails();
        return now.Content == details.Content && now.Length == details.Length;
    }

    public override bool RevisionTellsContent => kind == World.FileKind || kind == World.LinkKind;

    public override bool IsUnderstood => kind == World.TextKind;

    public override bool StaysHere => kind == World.ScratchKind;

    public override bool KeepsNewHere => kind == World.DeskKind;

    public override void CheckContent(string name, ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("{"u8) || !content.TrimEnd((byte)'\n').EndsWith("}"u8))
            throw new FsException(FsError.InvalidArgument, "It is not in braces.");
    }

    /// <summary>Secrets are understood and not taken.</summary>
    public override async Task CheckRemotelyAsync(RemoteNode node, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!content.Span.StartsWith("{secret"u8))
            return;
        await world.EnterAsync(new WorldCall("check", node.RemoteId, Urgency.Waiting), cancellationToken);
        throw new ChangeRefusedException(ChangeRefusal.NotAllowed, "Secrets are not taken.");
    }

    public override NodeKind KindOfNew(NodeType childType, string name) => childType switch
    {
        NodeType.File when kind == World.DeskKind => World.ScratchKind,
        _ when kind != World.DirectoryKind => base.KindOfNew(childType, name),
        NodeType.Directory => World.DirectoryKind,
        NodeType.SymbolicLink => World.LinkKind,
        _ => World.FileKind,
    };

    public override void CheckName(string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
            throw new FsException(FsError.InvalidArgument, $"'{name}' has a colon in it.");
    }

    public override XattrRole RoleOfXattr(string name) =>
        name.StartsWith("user.synapse.", StringComparison.Ordinal) ? XattrRole.Fact
        : name.StartsWith("user.local.", StringComparison.Ordinal) ? XattrRole.Local
        : name.StartsWith("user.", StringComparison.Ordinal) ? XattrRole.Remote
        : XattrRole.None;

    public override WantedXattr CheckXattr(string name, ReadOnlySpan<byte> value, IReadOnlyDictionary<string, string> present)
    {
        var text = System.Text.Encoding.UTF8.GetString(value);
        if (text == "wrong")
            throw new FsException(FsError.InvalidArgument, "That is no value.");
        return name.Split(':') is [var plain, var form] ? new WantedXattr(plain, text, form) : new WantedXattr(name, text, null);
    }

    public override async Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("create", node.Name, urgency), cancellationToken);
        var content = await world.TakeAsync(node.Content, cancellationToken);
        await world.EnterAsync(new WorldCall("refer", node.Name, urgency), cancellationToken);
        var made = world.Create(node, kind, content);
        await world.LeaveAsync(new WorldCall("create", node.Name, urgency), cancellationToken);
        return made;
    }

    public override async Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("update", node.RemoteId, urgency), cancellationToken);
        if (kind == World.TextKind)
            return await world.UnderstandAsync(node.RemoteId, update, cancellationToken);
        var content = await world.TakeAsync(update.Content, cancellationToken);
        await world.EnterAsync(new WorldCall("refer", node.RemoteId, urgency), cancellationToken);
        var changed = world.Update(node.RemoteId, update, content);
        await world.LeaveAsync(new WorldCall("update", node.RemoteId, urgency), cancellationToken);
        return changed;
    }

    public override async Task DeleteAsync(
        RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("delete", node.RemoteId, urgency), cancellationToken);
        if (kind == World.TextKind)
            throw new ChangeRefusedException(ChangeRefusal.Impossible, "It is part of its desk.");
        world.Delete(node.RemoteId, deletion);
        await world.LeaveAsync(new WorldCall("delete", node.RemoteId, urgency), cancellationToken);
    }

    public override async Task<StorageQuota?> GetQuotaAsync(RemoteNode directory, Urgency urgency, CancellationToken cancellationToken)
    {
        await world.EnterAsync(new WorldCall("quota", directory.RemoteId, urgency), cancellationToken);
        return world.Quota;
    }
}
