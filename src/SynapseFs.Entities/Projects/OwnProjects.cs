using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Projects;

/// <summary>The projects that are shared with the person by name or through a team.</summary>
internal sealed class OwnProjects(SynapseClient client, TimeProvider time)
{
    /// <summary>How long membership is believed where only a link's target hangs on it.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(10);

    // Replaced whole; a race costs a second listing at worst.
    private volatile Membership? _known;

    /// <summary>All of them, with full headers: the list of projects itself tells no creation date.</summary>
    public async Task<IReadOnlyList<EntityHeader>> ListAsync(Urgency urgency, CancellationToken cancellationToken)
    {
        var headers = new List<EntityHeader>();
        string? token = null;
        do
        {
            var page = await GetPageAsync(token, urgency, cancellationToken);
            headers.AddRange(await GetHeadersAsync(page, urgency, cancellationToken));
            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
        Remember(headers.Select(header => header.Id));
        return headers;
    }

    /// <summary>All of them as the list itself tells them if they fit one page, else null: one call.</summary>
    public async Task<IReadOnlyList<ProjectHeader>?> ListSmallAsync(Urgency urgency, CancellationToken cancellationToken)
    {
        var page = await GetPageAsync(null, urgency, cancellationToken);
        return string.IsNullOrEmpty(page.NextPageToken) ? page.Results : null;
    }

    public async Task<bool> ContainsAsync(string id, Urgency urgency, CancellationToken cancellationToken)
    {
        if (_known is not { } known || known.On + Belief < time.GetUtcNow())
        {
            await ListAsync(urgency, cancellationToken);
            known = _known!;
        }
        return known.Ids.Contains(id);
    }

    /// <summary>One that was made just now.</summary>
    public void Add(string id)
    {
        if (_known is { } known)
            _known = known with { Ids = new HashSet<string>(known.Ids, StringComparer.Ordinal) { id } };
    }

    private void Remember(IEnumerable<string?> ids) =>
        _known = new Membership(ids.OfType<string>().ToHashSet(StringComparer.Ordinal), time.GetUtcNow());

    private Task<ProjectHeaderList> GetPageAsync(string? token, Urgency urgency, CancellationToken cancellationToken) =>
        client.Account.GetProjectsAsync(token, urgency.ToPriority(), cancellationToken).ForAsync("the list of projects");

    private async Task<IReadOnlyList<EntityHeader>> GetHeadersAsync(
        ProjectHeaderList page, Urgency urgency, CancellationToken cancellationToken)
    {
        var references = page.Results.Select(project => new Reference { TargetId = project.Id }).ToList();
        return references.Count == 0
            ? []
            : await client.Entities.GetHeadersAsync(references, urgency.ToPriority(), cancellationToken).ForAsync("the list of projects");
    }

    private sealed record Membership(HashSet<string> Ids, DateTimeOffset On);
}
