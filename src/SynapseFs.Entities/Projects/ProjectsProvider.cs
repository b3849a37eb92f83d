using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Folders;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Projects;

/// <summary>The root of a mount without a source: the person's projects.</summary>
internal sealed class ProjectsProvider(OwnProjects projects, EntityNames names, TimeProvider time) : NodeProvider
{
    private const string Revision = "projects";

    private readonly DateTimeOffset _mountedOn = time.GetUtcNow();

    public override NodeKind Kind => EntityKinds.Projects;

    public override NodeType Type => NodeType.Directory;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken) =>
        ShownChildren.Of(await projects.ListAsync(urgency, cancellationToken), names);

    /// <summary>
    /// The service sorts projects by when they were used or by name, never by change, so a first page proves something only if it
    /// is the only one.
    /// </summary>
    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        if (await projects.ListSmallAsync(urgency, cancellationToken) is not { } now)
            return false;
        var children = ShownChildren.Of(now.Select(ToHeader), names);
        return known.ToHashSet().SetEquals(
            children.Select(child => new KnownChild(child.Name, child.Kind, child.RemoteId, child.Revision)));
    }

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(new RemoteDetails
        {
            Revision = Revision,
            Modified = _mountedOn,
            Created = _mountedOn,
            Permissions = ContainerDescriber.Permissions | FilePermissions.UserWrite,
            Rights = NodeRights.AddChildren,
        });

    public override NodeKind KindOfNew(NodeType type, string name) => type == NodeType.Directory
        ? EntityKinds.Project
        : throw new FsException(FsError.NotPermitted, "Beside projects only projects (directories) can be made: go into one of them.");

    public override string? RemoteIdOf(RemoteNode node) => null;

    // A project has no versions, so its date alone is its revision; only its birth is missing, and no comparison needs that.
    private static EntityHeader ToHeader(ProjectHeader project) =>
        new() { Id = project.Id, Name = project.Name, Type = SynapseTypes.Project, ModifiedOn = project.ModifiedOn };
}
