using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>Who is calling, what the service is, and which projects the caller has. All throw <see cref="SynapseException"/>.</summary>
public sealed class AccountCalls
{
    private readonly ApiTransport _transport;

    internal AccountCalls(ApiTransport transport) => _transport = transport;

    /// <summary>The caller; without a token the anonymous profile, owner 273950.</summary>
    public Task<UserProfile> GetProfileAsync(RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiCall.Get(SynapseService.Repo, "/userProfile", "/userProfile", priority), ApiJson.Default.UserProfile,
            cancellationToken);

    public Task<SynapseVersionInfo> GetVersionAsync(RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiCall.Get(SynapseService.Repo, "/version", "/version", priority), ApiJson.Default.SynapseVersionInfo,
            cancellationToken);

    /// <summary>READ_WRITE, READ_ONLY or DOWN; answered even under maintenance.</summary>
    public Task<StackStatus> GetStatusAsync(RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiCall.Get(SynapseService.Repo, "/status", "/status", priority), ApiJson.Default.StackStatus,
            cancellationToken);

    /// <summary>
    /// One page of up to 50 projects that are shared with the caller by name or through a team, most recently used first. Pass the
    /// token of the page before, or null for the first.
    /// </summary>
    public Task<ProjectHeaderList> GetProjectsAsync(string? pageToken, RequestPriority priority, CancellationToken cancellationToken)
    {
        var path = "/projects?filter=ALL&sort=LAST_ACTIVITY&sortDirection=DESC";
        if (pageToken is not null)
            path += "&nextPageToken=" + Uri.EscapeDataString(pageToken);
        return _transport.SendAsync(ApiCall.Get(SynapseService.Repo, "/projects", path, priority), ApiJson.Default.ProjectHeaderList,
            cancellationToken);
    }

    /// <summary>Names behind principal ids; unknown ids are left out. Asks in groups of 100.</summary>
    public async Task<IReadOnlyList<UserGroupHeader>> GetPrincipalsAsync(
        IReadOnlyList<string> principalIds, RequestPriority priority, CancellationToken cancellationToken)
    {
        var found = new List<UserGroupHeader>();
        foreach (var group in principalIds.Chunk(100))
        {
            var path = "/userGroupHeaders/batch?ids=" + Uri.EscapeDataString(string.Join(',', group));
            var call = ApiCall.Get(SynapseService.Repo, "/userGroupHeaders/batch", path, priority);
            found.AddRange((await _transport.SendAsync(call, ApiJson.Default.UserGroupHeaderPage, cancellationToken)).Children);
        }
        return found;
    }

    /// <summary>Users and teams by their names; what is nobody's is left out. Asks in groups of 100.</summary>
    public async Task<IReadOnlyList<UserGroupHeader>> FindPrincipalsAsync(
        IReadOnlyList<string> names, RequestPriority priority, CancellationToken cancellationToken)
    {
        const string Path = "/userGroupHeaders/aliases";
        var found = new List<UserGroupHeader>();
        foreach (var group in names.Chunk(100))
        {
            var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, Path, Path, priority)
                .With(new AliasList { List = group }, PeopleJson.Default.AliasList);
            found.AddRange((await _transport.SendAsync(call, PeopleJson.Default.UserGroupHeaderList, cancellationToken)).List);
        }
        return found;
    }

    /// <summary>The ids of all teams that a user is in.</summary>
    public async Task<IReadOnlyList<string>> GetTeamIdsAsync(
        string principalId, RequestPriority priority, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        string? token = null;
        do
        {
            var path = $"/user/{Uri.EscapeDataString(principalId)}/team/id{(token is null ? "" : $"?nextPageToken={Uri.EscapeDataString(token)}")}";
            var call = ApiCall.Get(SynapseService.Repo, "/user/{id}/team/id", path, priority);
            var page = await _transport.SendAsync(call, TeamJson.Default.TeamIdPage, cancellationToken);
            ids.AddRange(page.TeamIds);
            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
        return ids;
    }
}
