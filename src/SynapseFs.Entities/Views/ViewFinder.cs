using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Views;

/// <summary>
/// Which view tells of the files in a directory: one that a person named, else one that lies in the project and will do. A project is asked
/// for its views now and then only.
/// </summary>
/// <param name="wished">Those that a person named.</param>
internal sealed class ViewFinder(SynapseClient client, WishedViews wished, TimeProvider time)
{
    /// <summary>Of a project with many views only the newest are looked at.</summary>
    private const int MostLookedAt = 6;

    private static readonly EntityBundleRequest WithColumns = new() { IncludeEntity = true, IncludeTableBundle = true };

    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();

    // Guarded by _lock. Whoever asks at the same time shares one answer.
    private readonly Dictionary<string, (DateTimeOffset On, Task<Project> Answer)> _asked = new(StringComparer.Ordinal);

    /// <summary>One that a person named. Costs no call.</summary>
    public FileView? FindWished(IReadOnlyList<RemoteNode> above) => IdsOf(above) is { Count: > 0 } ids
        ? wished.Views.FirstOrDefault(view => view.Covers([.. ids, .. wished.Above]))
        : null;

    /// <param name="above">The directory, then what it lies in, up to the mount's root.</param>
    /// <exception cref="FsException">Synapse could not be asked.</exception>
    public async Task<FileView?> FindAsync(IReadOnlyList<RemoteNode> above, Urgency urgency, CancellationToken cancellationToken)
    {
        var containers = above.TakeWhile(node => EntityKinds.IsContainer(node.Kind)).ToList();
        if (containers.Count == 0)
            return null;
        var ids = IdsOf(above);
        var project = await OfAsync(containers[^1], ids, urgency).WaitAsync(cancellationToken);
        return project.Views.FirstOrDefault(view => view.Covers([.. ids, .. project.Above]));
    }

    /// <summary>A view turned out to be otherwise, or gone: the next who asks hears of the present ones.</summary>
    public void Forget()
    {
        lock (_lock)
            _asked.Clear();
    }

    private Task<Project> OfAsync(RemoteNode top, List<string> ids, Urgency urgency)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_asked.TryGetValue(top.RemoteId, out var asked) || asked.On + Belief < now || asked.Answer.IsFaulted)
                _asked[top.RemoteId] = asked = (now, AskAsync(top, ids, urgency, CancellationToken.None));
            return asked.Answer;
        }
    }

    private static List<string> IdsOf(IReadOnlyList<RemoteNode> above) =>
        [.. above.TakeWhile(node => EntityKinds.IsContainer(node.Kind)).Select(node => node.RemoteId)];

    private async Task<Project> AskAsync(RemoteNode top, List<string> ids, Urgency urgency, CancellationToken cancellationToken)
    {
        var priority = urgency.ToPriority();
        var (project, above) = (top.RemoteId, Array.Empty<string>());
        if (top.Kind != EntityKinds.Project)
        {
            var path = await client.Entities.GetPathAsync(top.RemoteId, priority, cancellationToken).ForAsync(top.RemoteId);
            above = [.. path.Path.Select(header => header.Id).OfType<string>()];
            project = path.Path.FirstOrDefault(header => header.Type == SynapseTypes.Project)?.Id ?? project;
        }

        var request = new EntityChildrenRequest
        {
            ParentId = project,
            IncludeTypes = ["entityview"],
            SortBy = "MODIFIED_ON",
            SortDirection = "DESC",
        };
        var page = await client.Children.GetPageAsync(request, priority, cancellationToken).ForAsync(project);
        var views = new List<FileView>();
        foreach (var header in page.Page.OrderBy(header => header.Name == FileIndex.ViewName ? 0 : 1).Take(MostLookedAt))
        {
            if (await ReadAsync(header.Id!, [.. ids, .. above], priority, cancellationToken) is not { } view)
                continue;
            views.Add(view);
            break;
        }

        return new Project(above, views);
    }

    /// <summary>The view if it covers one of these and tells what is needed.</summary>
    private async Task<FileView?> ReadAsync(string id, string[] ids, RequestPriority priority, CancellationToken cancellationToken)
    {
        var bundle = await client.Entities.GetBundleAsync(id, null, WithColumns, priority, cancellationToken).OrNullAsync(id);
        return bundle is { Entity: { } entity, TableBundle.ColumnModels: { } columns }
            && FileView.Of(entity, columns) is { ShowsFiles: true, MissingColumns: [] } view && view.Covers(ids)
                ? view
                : null;
    }

    /// <param name="Above">What the mount's root lies in, where that is a folder.</param>
    private sealed record Project(IReadOnlyList<string> Above, IReadOnlyList<FileView> Views);
}
