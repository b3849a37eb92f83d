using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Folders;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Past;

/// <summary>
/// A project or folder as its files stood at a moment: what was made later is left out. Listing costs the pages only; what was listed once
/// stays, as the past does.
/// </summary>
internal sealed class PastFolderProvider(ContainerChildren children, EntityReader reader, ContainerDescriber describer, EntityNames names)
    : NodeProvider
{
    public override NodeKind Kind => EntityKinds.PastFolder;

    public override NodeType Type => NodeType.Directory;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var past = PastId.Parse(directory.RemoteId);
        var headers = (await children.ReadAsync(past.Id, urgency, cancellationToken)).Where(header => header.CreatedOn <= past.Moment).ToList();
        var byId = headers.Where(header => header.Id is not null).DistinctBy(header => header.Id).ToDictionary(header => header.Id!);
        var shown = ShownChildren.Of(headers, names).Select(child => AsThen(child, byId[child.RemoteId], past.Moment)).ToList();
        if (directory.Name.Length == 0)
            shown.Add(PastReadme.Child(past, shown.Select(child => child.Name).ToHashSet(StringComparer.Ordinal)));
        return shown;
    }

    /// <summary>Names stay, so one is looked up by listing all, and never again.</summary>
    public override async Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);

    public override Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.Parse(PastId.Parse(node.RemoteId).Id);
        var bundle = await reader.ReadAsync(id, urgency, cancellationToken);
        return await describer.DescribeAsync(id.ToString(), bundle, urgency, cancellationToken);
    }

    // A file that did not change since, or has one version only, is that version; no call is needed to know.
    private static RemoteChild AsThen(RemoteChild child, EntityHeader header, DateTimeOffset moment)
    {
        var id = SynapseEntityId.Parse(child.RemoteId);
        if (EntityKinds.IsContainer(child.Kind))
            return child with { Kind = EntityKinds.PastFolder, RemoteId = new PastId(id.Id, moment).ToString() };
        if (child.Kind != EntityKinds.File)
            return child;
        return header.VersionNumber is { } version && (version == 1 || header.ModifiedOn <= moment)
            ? child with { Kind = EntityKinds.FileVersion, RemoteId = (id with { Version = version }).ToString() }
            : child with { Kind = EntityKinds.PastFile, RemoteId = new PastId(id.Id, moment).ToString() };
    }
}
