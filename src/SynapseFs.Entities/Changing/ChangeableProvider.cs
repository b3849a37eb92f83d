using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Changing;

/// <summary>A kind of entity that can be made, changed and deleted.</summary>
internal abstract class ChangeableProvider(EntityReader reader, EntityDescriber describer, EntityChanges changes)
    : EntityProvider(reader, describer)
{
    protected EntityChanges Changes { get; } = changes;

    public override bool RevisionTellsContent => true;

    public override void CheckName(string name) => NewNames.Check(Changes.Names, name);

    public override Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken) =>
        update.Xattrs.IsEmpty
            ? Changes.Updater.UpdateAsync(node, update, urgency, cancellationToken)
            : Changes.Annotations.UpdateAsync(node, update, urgency, cancellationToken);

    public override XattrRole RoleOfXattr(string name) => Changes.Xattrs.RoleOf(name);

    public override WantedXattr CheckXattr(string name, ReadOnlySpan<byte> value, IReadOnlyDictionary<string, string> present) =>
        Changes.Xattrs.Check(name, value, present);

    public override Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        Changes.Deleter.DeleteLeafAsync(node, deletion, urgency, cancellationToken);

    protected static ChangeSubject SubjectOf(NewNode node) => new($"'{node.Name}'", Id: null, node.Parent);

    /// <summary>What every new entity has.</summary>
    /// <exception cref="ChangeRefusedException">Impossible: no entity is shown under that name.</exception>
    protected Entity NewEntity(NewNode node, string concreteType) => new()
    {
        ConcreteType = concreteType,
        Name = Changes.Names.ToEntity(node.Name)
            ?? throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{node.Name}' can be no entity's name; give it another name."),
        ParentId = node.Parent,
    };
}
