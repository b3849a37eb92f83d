using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>What has to be agreed to or approved before contents are handed out. All throw <see cref="SynapseException"/>.</summary>
public sealed class RequirementCalls
{
    private const int PageSize = 50;
    private const int MostAtOnce = 50;

    private readonly ApiTransport _transport;

    internal RequirementCalls(ApiTransport transport) => _transport = transport;

    /// <summary>All requirements of an entity, those of what is above it included, met or not.</summary>
    public async Task<IReadOnlyList<AccessRequirement>> GetAsync(string id, RequestPriority priority, CancellationToken cancellationToken)
    {
        var found = new List<AccessRequirement>();
        while (true)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"/accessRequirement?limit={PageSize}&offset={found.Count}");
            var call = ApiCall.Get(
                SynapseService.Repo, "/entity/{id}/accessRequirement", EntityPaths.Of(id, null, query), priority);
            var page = await _transport.SendAsync(call, RequirementJson.Default.AccessRequirementPage, cancellationToken);
            found.AddRange(page.Results);
            if (page.Results.Count < PageSize)
                return found;
        }
    }

    /// <summary>Whether the caller meets what entities require. Asks in groups of 50.</summary>
    public async Task<IReadOnlyList<RestrictionInformation>> GetStandingAsync(
        IReadOnlyList<string> ids, RequestPriority priority, CancellationToken cancellationToken)
    {
        const string Path = "/restrictionInformation/batch";
        var found = new List<RestrictionInformation>();
        foreach (var group in ids.Chunk(MostAtOnce))
        {
            var request = new RestrictionInformationBatchRequest { RestrictableObjectType = "ENTITY", ObjectIds = group };
            var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, Path, Path, priority)
                .With(request, ApiJson.Default.RestrictionInformationBatchRequest);
            var answer = await _transport.SendAsync(call, ApiJson.Default.RestrictionInformationBatchResponse, cancellationToken);
            found.AddRange(answer.RestrictionInformation);
        }
        return found;
    }
}
