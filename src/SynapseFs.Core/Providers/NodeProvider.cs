using SynapseFs.Vfs;

namespace SynapseFs.Core.Providers;

/// <summary>
/// Knows what one kind of node is: answers questions about it from the remote service. Stateless towards the tree: the row is the
/// state. Whatever a kind does not override is refused. All failures are <see cref="FsException"/>.
/// </summary>
public abstract class NodeProvider
{
    public abstract NodeKind Kind { get; }

    public abstract NodeType Type { get; }

    /// <summary>
    /// Whether a listing names every child that can be found. Where it does not (a directory of all ids there are), a name that no
    /// listing told is asked for with <see cref="FindAsync"/> even in a directory that was listed.
    /// </summary>
    public virtual bool ListsEveryChild => true;

    /// <summary>Whether a name that was not there is believed missing for a lease; not where things come to be by what is done elsewhere in the mount.</summary>
    public virtual bool RemembersMissing => true;

    /// <summary>Whether its answers come from the remote service; those that do not are given when that is out of reach, too.</summary>
    public virtual bool AsksRemotely => true;

    /// <summary>All children, in no particular order.</summary>
    public virtual Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken) =>
        throw new FsException(FsError.NotADirectory, $"{directory} has no children.");

    /// <summary>
    /// All children if a single call can tell them, else null. Asked before the first name is looked for in a directory never
    /// listed: a small directory is then known for the price of one name. The default never can.
    /// </summary>
    public virtual Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemoteChild>?>(null);

    /// <summary>
    /// Whether a listing would say the same as the last one, found out with a constant number of calls. The default does not know.
    /// </summary>
    public virtual Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>One child by name without listing, or null. The default looks through the list.</summary>
    public virtual async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        var children = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return children.FirstOrDefault(child => child.Name == name);
    }

    /// <summary>Details in one round trip. NotFound when the thing is gone.</summary>
    public abstract Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken);

    /// <summary>The bytes as <paramref name="details"/> describe them. AccessDenied when they may not be had. Costs no call.</summary>
    public virtual RemoteContent OpenContent(RemoteNode node, RemoteDetails details) =>
        throw new FsException(FsError.NotSupported, $"{node} has no content.");

    /// <summary>
    /// Whether the content is the one that these details name, of that length; asked where they came in bulk, when the content is about to
    /// be read. The default believes them.
    /// </summary>
    public virtual Task<bool> ConfirmContentAsync(
        RemoteNode node, RemoteDetails details, Urgency urgency, CancellationToken cancellationToken) => Task.FromResult(true);

    // ---- extended attributes ----

    /// <summary>What an extended attribute of that full name is to things of this kind. Costs no call.</summary>
    public virtual XattrRole RoleOfXattr(string name) => XattrRole.None;

    /// <summary>What it means to set one that has the role Remote. Costs no call.</summary>
    /// <param name="name">As it was given.</param>
    /// <param name="value">As it was given; any bytes.</param>
    /// <param name="present">All that are shown now, by full name.</param>
    /// <exception cref="FsException">InvalidArgument, TooLarge or NoSpace, with the reason: the remote side would never take it.</exception>
    public virtual WantedXattr CheckXattr(string name, ReadOnlySpan<byte> value, IReadOnlyDictionary<string, string> present) =>
        throw new FsException(FsError.NotSupported, $"Things of kind {Kind} have no extended attributes of one's own.");

    /// <summary>The remote id of the thing with which a node's content goes, and by whose right it is read and copied. Costs no call.</summary>
    public virtual string ContentOwnerOf(RemoteNode node) => node.RemoteId;

    // ---- changes; each may be carried out again after its answer was lost, and must then find its own work ----

    /// <summary>
    /// Whether another content is told by the revision: then what was listed and never described can be changed and deleted, and a change
    /// by somebody else is noticed all the same.
    /// </summary>
    public virtual bool RevisionTellsContent => false;

    /// <summary>The kind that a new thing of this type and name becomes in such a directory. Costs no call.</summary>
    /// <exception cref="FsException">NotPermitted or ReadOnly, with the reason: nothing of the sort can be here.</exception>
    public virtual NodeKind KindOfNew(NodeType type, string name) =>
        throw new FsException(FsError.ReadOnly, "Nothing can be made here.");

    /// <summary>Whether something of this kind may have that shown name. Costs no call.</summary>
    /// <exception cref="FsException">InvalidArgument or NameTooLong, with the reason.</exception>
    public virtual void CheckName(string name)
    {
    }

    /// <summary>
    /// Whether the remote side understands contents of this kind instead of keeping their bytes: each is checked before it is accepted,
    /// and reads afterwards as the remote side has understood it.
    /// </summary>
    public virtual bool IsUnderstood => false;

    /// <summary>Whether a content would be understood. Costs no call.</summary>
    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public virtual void CheckContent(string name, ReadOnlySpan<byte> content)
    {
    }

    /// <summary>Whether the remote side would take a content that is understood, as far as asking tells. The default does not ask.</summary>
    /// <exception cref="ChangeRefusedException">It would not, in words for a person.</exception>
    public virtual Task CheckRemotelyAsync(RemoteNode node, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>
    /// For a file: whether it is what it is by its directory and name. Under another name stands a new file with the same content, and
    /// the one that stood here is deleted.
    /// </summary>
    public virtual bool KeepsItsPlace => false;

    /// <summary>Whether it can be moved into that directory; where not, it has to be copied. Costs no call.</summary>
    /// <param name="directory">The directory, or the nearest one above it that the remote side has.</param>
    public virtual bool CanMoveTo(RemoteNode node, RemoteNode directory) => true;

    /// <summary>The kind of what is kept beside a file of this kind when the remote side holds another content. Costs no call.</summary>
    public virtual NodeKind KindBeside => Kind;

    /// <summary>Whether things of this kind are never sent: what programs put down beside what they write.</summary>
    public virtual bool StaysHere => false;

    /// <summary>For a directory: whether whatever is made in it stays here, so that only saving over what is there changes anything.</summary>
    public virtual bool KeepsNewHere => false;

    /// <summary>Makes something of this kind. An existing directory of that name is taken for it.</summary>
    /// <returns>It, with its details.</returns>
    /// <exception cref="ChangeRefusedException">The remote side does not want it.</exception>
    public virtual Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken) =>
        throw new ChangeRefusedException(ChangeRefusal.Impossible, $"Things of kind {Kind} cannot be made.");

    /// <summary>Changes something of this kind. What is already as wanted is success.</summary>
    /// <returns>It as it is now, with its details.</returns>
    /// <exception cref="ChangeRefusedException">Somebody changed it, or it may not be changed.</exception>
    public virtual Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken) =>
        throw new ChangeRefusedException(ChangeRefusal.Impossible, $"Things of kind {Kind} cannot be changed.");

    /// <summary>Deletes something of this kind, so that it can be had back for a while. Already gone is success.</summary>
    /// <exception cref="ChangeRefusedException">Somebody changed it, or it may not be deleted.</exception>
    public virtual Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        throw new ChangeRefusedException(ChangeRefusal.Impossible, $"Things of kind {Kind} cannot be deleted.");

    /// <summary>
    /// Remote ids of all nodes that show the same thing as this one: a change through one outdates what is known of the others. Costs no
    /// call.
    /// </summary>
    public virtual IReadOnlyList<string> NodesOf(RemoteNode node) => [node.RemoteId];

    /// <summary>For the link target that a person wrote: the remote id it names by itself (not by a path in the mount), or null. Costs no call.</summary>
    public virtual string? RemoteIdOf(RemoteNode node) => node.RemoteId;

    /// <summary>How much may be stored in such a directory, or null when there is no limit or nobody knows.</summary>
    public virtual Task<StorageQuota?> GetQuotaAsync(RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult<StorageQuota?>(null);
}
