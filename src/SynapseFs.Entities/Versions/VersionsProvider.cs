using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.HiddenRoom;

namespace SynapseFs.Entities.Versions;

/// <summary>
/// The directory <c>of/NAME/versions</c> of a file: a directory for each version under its number, and once more under its label where
/// that says something else.
/// </summary>
internal sealed class VersionsProvider(SynapseClient client) : HiddenDirectory
{
    public const string DirectoryName = "versions";

    private const int PageSize = 100;

    public override NodeKind Kind => EntityKinds.Versions;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var shown = new List<RemoteChild>();
        foreach (var version in await ReadAsync(directory.RemoteId, urgency, cancellationToken))
        {
            var id = SynapseEntityId.Parse(directory.RemoteId) with { Version = version.VersionNumber };
            var number = version.VersionNumber!.Value.ToString(CultureInfo.InvariantCulture);
            shown.Add(Child(number, EntityKinds.Version, id.ToString()));
            if (version.VersionLabel is { } label && VersionLabels.IsShown(label))
                shown.Add(Child(label, EntityKinds.Version, id.ToString()));
        }

        return shown;
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return known.Select(child => (child.Name, child.RemoteId)).ToHashSet()
            .SetEquals(listed.Select(child => (child.Name, child.RemoteId)));
    }

    private async Task<IReadOnlyList<VersionInfo>> ReadAsync(string id, Urgency urgency, CancellationToken cancellationToken)
    {
        var versions = new List<VersionInfo>();
        while (true)
        {
            var page = await client.Entities
                .GetVersionsAsync(id, versions.Count, PageSize, urgency.ToPriority(), cancellationToken).ForAsync(id);
            versions.AddRange(page.Results);
            if (page.Results.Count < PageSize)
                return [.. versions.Where(version => version.VersionNumber is not null)];
        }
    }
}
