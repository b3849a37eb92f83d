using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Files;

namespace SynapseFs.Entities.Past;

/// <summary>Which version of a file that has changed since a moment was its newest then, and what it is: one call, or two.</summary>
internal sealed class PastVersions(SynapseClient client, EntityReader reader)
{
    private const int PageSize = 100;

    /// <summary>Null: whatever version it was, it has been deleted.</summary>
    /// <param name="past">A file that was there at the moment.</param>
    public async Task<EntityBundle?> FindAsync(PastId past, Urgency urgency, CancellationToken cancellationToken)
    {
        var versions = await ReadAsync(past.Id, urgency, cancellationToken);
        var choice = PastChoice.Of(versions, past.Moment);
        if (choice.Doubtful is { } number)
        {
            var bundle = await GetAsync(past.Id, number, urgency, cancellationToken);
            if (FileRights.DataHandle(bundle)?.CreatedOn <= past.Moment)
                return bundle;
        }

        return choice.Certain is { } certain ? await GetAsync(past.Id, certain, urgency, cancellationToken) : null;
    }

    private Task<EntityBundle> GetAsync(string id, long version, Urgency urgency, CancellationToken cancellationToken) =>
        reader.ReadAsync(SynapseEntityId.Parse(id) with { Version = version }, urgency, cancellationToken);

    private async Task<IReadOnlyList<VersionInfo>> ReadAsync(string id, Urgency urgency, CancellationToken cancellationToken)
    {
        var versions = new List<VersionInfo>();
        while (true)
        {
            var page = await client.Entities
                .GetVersionsAsync(id, versions.Count, PageSize, urgency.ToPriority(), cancellationToken).ForAsync(id);
            versions.AddRange(page.Results);
            if (page.Results.Count < PageSize)
                return versions;
        }
    }
}
