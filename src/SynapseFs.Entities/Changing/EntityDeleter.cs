using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Changing;

/// <summary>Puts entities into the trash, unless somebody changed them since. What is gone already is success.</summary>
internal sealed class EntityDeleter(SynapseClient client)
{
    private static readonly EntityBundleRequest WhetherEmpty = new() { IncludeHasChildren = true };

    /// <summary>A file or a link.</summary>
    public Task DeleteLeafAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        DeleteAsync(node, CheckLeafAsync(node, deletion, urgency, cancellationToken), urgency, cancellationToken);

    /// <summary>A project or folder with all that was deleted with it; anything else in it refuses with NotEmpty.</summary>
    public Task DeleteContainerAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        DeleteAsync(node, CheckContainerAsync(node, deletion, urgency, cancellationToken), urgency, cancellationToken);

    private async Task DeleteAsync(RemoteNode node, Task check, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            await check;
            await client.Entities.DeleteAsync(node.RemoteId, urgency.ToPriority(), cancellationToken);
        }
        catch (SynapseException exception) when (exception.Failure == SynapseFailure.NotFound)
        {
            // Gone, or in the trash already.
        }
        catch (SynapseException exception)
        {
            throw ChangeErrors.Translate(exception, new ChangeSubject($"'{node.Name}'", node.RemoteId, Parent: null));
        }
    }

    private async Task CheckLeafAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        if (deletion is { Content: null, Revision: null })
            return;
        var entity = await client.Entities.GetAsync(node.RemoteId, version: null, urgency.ToPriority(), cancellationToken);
        if (!IsAsDeleted(node, entity, deletion))
            throw new ChangeRefusedException(
                ChangeRefusal.ContentChanged,
                $"'{node.Name}' was changed in Synapse since it was deleted here; look at it and delete it again.");
    }

    // Annotations may have been changed: what counts is the content, by its file handle or, where nobody described it, by its version.
    private static bool IsAsDeleted(RemoteNode node, Entity entity, NodeDeletion deletion)
    {
        if (node.Kind != EntityKinds.File)
            return deletion.Revision is null || deletion.Revision == EntityRevision.Of(entity);
        return deletion.Content is { } content
            ? entity.DataFileHandleId == content.Id || deletion.OwnContents.Contains(entity.DataFileHandleId)
            : EntityRevision.IsOfVersion(deletion.Revision, entity);
    }

    private async Task CheckContainerAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        var bundle = await client.Entities.GetBundleAsync(
            node.RemoteId, version: null, WhetherEmpty, urgency.ToPriority(), cancellationToken);
        if (bundle.HasChildren == false)
            return;
        var isSeen = false;
        var directories = new Queue<string>([node.RemoteId]);
        while (directories.TryDequeue(out var directory))
        {
            foreach (var child in await ListAsync(directory, isTop: directory == node.RemoteId, urgency, cancellationToken))
            {
                if (!deletion.AlsoDeleted.Contains(child.Id ?? ""))
                    throw NotEmpty(node, $"it holds '{child.Name}' ({child.Id}), which was not known here");
                if (EntityKinds.IsContainer(EntityKinds.ForType(child.Type)))
                    directories.Enqueue(child.Id!);
                isSeen = true;
            }
        }
        // Listings leave out what the caller may not read; deleting would not.
        if (!isSeen && bundle.HasChildren == true)
            throw NotEmpty(node, "it holds something that you may not see");
    }

    private async Task<IReadOnlyList<EntityHeader>> ListAsync(
        string directory, bool isTop, Urgency urgency, CancellationToken cancellationToken)
    {
        var request = new EntityChildrenRequest
        {
            ParentId = directory,
            IncludeTypes = EntityKinds.ListedTypes,
            SortBy = "NAME",
            SortDirection = "ASC",
        };
        var children = new List<EntityHeader>();
        try
        {
            do
            {
                var page = await client.Children.GetPageAsync(request, urgency.ToPriority(), cancellationToken);
                children.AddRange(page.Page);
                request = request with { NextPageToken = page.NextPageToken };
            }
            while (!string.IsNullOrEmpty(request.NextPageToken));
        }
        catch (SynapseException exception) when (exception.Failure == SynapseFailure.NotFound && !isTop)
        {
            // Deleted by somebody else meanwhile: no reason to keep what it was in.
            return [];
        }
        return children;
    }

    private static ChangeRefusedException NotEmpty(RemoteNode node, string why) =>
        new(ChangeRefusal.NotEmpty, $"'{node.Name}' is not deleted: {why}. Look at it and delete it again.");
}
