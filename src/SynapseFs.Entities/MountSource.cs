using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities;

/// <summary>What a mount shows: a project, a folder, or all projects of the person.</summary>
public sealed record MountSource
{
    private MountSource(RemoteNode root, string title)
    {
        Root = root;
        Title = title;
    }

    /// <summary>The mount's root directory.</summary>
    public RemoteNode Root { get; }

    /// <summary>What a person would call it: a name with its id, or "projects".</summary>
    public string Title { get; }

    /// <summary>The id of the project or folder; null for all projects.</summary>
    public string? EntityId => Root.Kind == EntityKinds.Projects ? null : Root.RemoteId;

    public static MountSource AllProjects { get; } = new(new RemoteNode(EntityKinds.Projects, "projects", "", Revision: null), "projects");

    /// <summary>Finds what is meant, in at most two calls.</summary>
    /// <param name="client">Whom to ask.</param>
    /// <param name="source">An id (syn123, SYN123 or 123), a project's exact name, or null or empty for all projects.</param>
    /// <exception cref="MountSourceException">It is not there, or it is no project or folder.</exception>
    /// <exception cref="SynapseException">Synapse could not be asked, or refused.</exception>
    public static async Task<MountSource> ResolveAsync(SynapseClient client, string? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (string.IsNullOrWhiteSpace(source))
            return AllProjects;
        var name = source.Trim();
        if (SynapseEntityId.TryParse(name, out var id))
            return await FromIdAsync(client, id, cancellationToken);
        var found = await client.Children.FindAsync(parentId: null, name, RequestPriority.Interactive, cancellationToken);
        return found is null
            ? throw new MountSourceException(
                $"No project is called '{name}': names are exact, capitals included; give an id such as syn123, or no source to see your projects.")
            : new MountSource(new RemoteNode(EntityKinds.Project, found, "", Revision: null), $"{name} ({found})");
    }

    private static async Task<MountSource> FromIdAsync(SynapseClient client, SynapseEntityId id, CancellationToken cancellationToken)
    {
        if (id.Version is not null)
            throw new MountSourceException($"{id} is a version: mount {id.Id}, or reach versions as .synapse/by-id/{id} in any mount.");
        var entity = await GetAsync(client, id, cancellationToken);
        var kind = EntityKinds.ForType(entity.ConcreteType);
        return EntityKinds.IsContainer(kind)
            ? new MountSource(new RemoteNode(kind, id.Id, "", Revision: null), $"{entity.Name} ({id.Id})")
            : throw new MountSourceException(
                $"{id.Id} ('{entity.Name}') is a {TypeOf(entity)}: only projects and folders can be mounted; {entity.ParentId} holds it.");
    }

    private static async Task<Entity> GetAsync(SynapseClient client, SynapseEntityId id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Entities.GetAsync(id.Id, version: null, RequestPriority.Interactive, cancellationToken);
        }
        catch (SynapseException exception) when (exception.Failure == SynapseFailure.NotFound)
        {
            throw new MountSourceException($"{id.Id} does not exist or lies in the trash: check the id.", exception);
        }
        catch (SynapseException exception) when (exception.Failure == SynapseFailure.Forbidden)
        {
            var page = new Describing.Portal(client.Settings.Portal).PageOf(id.Id);
            throw new MountSourceException($"You may not read {id.Id}: ask its owner for access at {page}", exception);
        }
    }

    private static string TypeOf(Entity entity) => entity.ConcreteType switch
    {
        SynapseTypes.File => "file",
        SynapseTypes.Link => "link",
        { } type => type[(type.LastIndexOf('.') + 1)..],
        null => "thing of unknown type",
    };
}
