using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Folders;

/// <summary>One child by its shown name: two calls where a listing would take a page for every fifty children.</summary>
internal sealed class ChildFinder(SynapseClient client, EntityReader reader, ChildReader children, EntityNames names)
{
    public async Task<RemoteChild?> FindAsync(string parentId, string shown, Urgency urgency, CancellationToken cancellationToken)
    {
        var name = names.ToEntity(shown);
        var id = name is null ? null : await FindIdAsync(parentId, name, urgency, cancellationToken);
        if (id is null)
            return await FindDocumentAsync(parentId, shown, urgency, cancellationToken);
        var bundle = await reader.FindAsync(id, urgency, cancellationToken);
        var kind = KindOf(bundle, name!);
        // An entity shown as its JSON has given the plain name up, and a JSON of that name has moved out of its way.
        return kind is null || kind == EntityKinds.Document
            ? null
            : await children.ReadAsync(id, bundle!, shown, kind.Value, urgency, cancellationToken);
    }

    /// <summary>The id behind an entity's name, or null.</summary>
    public async Task<SynapseEntityId?> FindIdAsync(string parentId, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            var id = await client.Children.FindAsync(parentId, name, urgency.ToPriority(), cancellationToken);
            return id is null ? null : SynapseEntityId.Parse(id);
        }
        catch (SynapseException exception) when (IsHiddenChild(exception))
        {
            return null;
        }
        catch (SynapseException exception)
        {
            throw SynapseErrors.Translate(exception, $"{parentId}/{name}");
        }
    }

    /// <summary>The id of the entity that takes the plain name which the JSON of the named one would have, or null.</summary>
    public async Task<SynapseEntityId?> FindRivalAsync(
        string parentId, string name, Urgency urgency, CancellationToken cancellationToken) =>
        names.RivalOf(name) is { } rival ? await FindIdAsync(parentId, rival, urgency, cancellationToken) : null;

    private async Task<RemoteChild?> FindDocumentAsync(
        string parentId, string shown, Urgency urgency, CancellationToken cancellationToken)
    {
        if (EntityNames.ParseDocument(shown) is not { } document)
            return null;
        var id = await FindIdAsync(parentId, document.Name, urgency, cancellationToken);
        if (id is null || (document.Id is not null && document.Id != id.Id))
            return null;
        if (document.Id is not null && await FindRivalAsync(parentId, document.Name, urgency, cancellationToken) is null)
            return null;
        var bundle = await reader.FindAsync(id, urgency, cancellationToken);
        return KindOf(bundle, document.Name) == EntityKinds.Document
            ? await children.ReadAsync(id, bundle!, shown, EntityKinds.Document, urgency, cancellationToken)
            : null;
    }

    // The service forgives trailing blanks in the name asked for; a directory does not.
    private static NodeKind? KindOf(EntityBundle? bundle, string name) =>
        bundle?.Entity is { } entity && entity.Name == name ? EntityKinds.ForType(entity.ConcreteType) : null;

    // Forbidden means the parent or the child found; a child that may not be read is left out of listings, so it is not there.
    // A name the service refuses (too long, signs it does not know) is nobody's.
    private static bool IsHiddenChild(SynapseException exception) => exception.Failure switch
    {
        SynapseFailure.Forbidden => !exception.Reason.Contains("parent", StringComparison.OrdinalIgnoreCase),
        SynapseFailure.BadRequest => true,
        _ => false,
    };
}
