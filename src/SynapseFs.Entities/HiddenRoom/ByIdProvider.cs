using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The directory <c>by-id</c>: every readable entity under its id, and under id and version. Looked up, never listed.</summary>
internal sealed class ByIdProvider(EntityReader reader, ChildReader children) : HiddenDirectory
{
    public override NodeKind Kind => EntityKinds.ById;

    public override bool ListsEveryChild => false;

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        var isDocument = name.EndsWith(EntityNames.DocumentSuffix, StringComparison.Ordinal);
        var text = isDocument ? name[..^EntityNames.DocumentSuffix.Length] : name;
        // One spelling each, so that one entity is one inode.
        if (!SynapseEntityId.TryParse(text, out var id) || id.ToString() != text)
            return null;
        var bundle = await reader.FindByIdAsync(id, urgency, cancellationToken);
        return KindOf(bundle?.Entity?.ConcreteType, id, isDocument) is { } kind && bundle is not null
            ? await children.ReadAsync(id, bundle, name, kind, urgency, cancellationToken)
            : null;
    }

    private static NodeKind? KindOf(string? concreteType, SynapseEntityId id, bool isDocument)
    {
        var kind = EntityKinds.ForType(concreteType);
        if (isDocument)
            return kind == EntityKinds.Document ? kind : null;
        if (id.Version is null || kind == EntityKinds.Document)
            return kind;
        return kind == EntityKinds.File ? EntityKinds.FileVersion : null;
    }
}
