using SynapseFs.Client;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Views;

/// <summary>Views that a person named for a mount, found to be usable.</summary>
public sealed class WishedViews
{
    private WishedViews(IReadOnlyList<FileView> views, IReadOnlyList<string> above) => (Views, Above) = (views, above);

    /// <summary>None.</summary>
    public static WishedViews None { get; } = new([], []);

    internal IReadOnlyList<FileView> Views { get; }

    /// <summary>What the mount's root lies in.</summary>
    internal IReadOnlyList<string> Above { get; }

    /// <summary>Looks each of them up: some calls a view.</summary>
    /// <param name="ids">As they were typed.</param>
    /// <param name="root">The project or folder that is mounted; null: all projects are.</param>
    /// <exception cref="FsException">One cannot be used, in words for a person with what helps.</exception>
    public static async Task<WishedViews> ReadAsync(
        SynapseClient client, IReadOnlyList<string> ids, string? root, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0)
            return None;
        var above = root is null ? [] : await PathAsync(client, root, cancellationToken);
        var views = new List<FileView>();
        foreach (var id in ids)
        {
            var view = await ReadAsync(client, id, cancellationToken);
            if (root is not null && !view.Covers(above) && !await IsWithinAsync(client, view, root, cancellationToken))
                throw Unusable($"The view {view.Id} ({view.Name}) covers nothing of {root}: add it to the view's scope, or leave --view out.");
            views.Add(view);
        }

        return new WishedViews(views, above);
    }

    private static async Task<IReadOnlyList<string>> PathAsync(SynapseClient client, string id, CancellationToken cancellationToken)
    {
        var path = await client.Entities.GetPathAsync(id, RequestPriority.Interactive, cancellationToken);
        return [.. path.Path.Select(header => header.Id).OfType<string>()];
    }

    private static async Task<bool> IsWithinAsync(SynapseClient client, FileView view, string root, CancellationToken cancellationToken)
    {
        foreach (var scope in view.Scope.Where(id => id.Length > 0))
        {
            try
            {
                if ((await PathAsync(client, scope, cancellationToken)).Contains(root))
                    return true;
            }
            catch (SynapseException problem) when (problem.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden)
            {
                // A part of its scope has gone.
            }
        }

        return false;
    }

    private static async Task<FileView> ReadAsync(SynapseClient client, string typed, CancellationToken cancellationToken)
    {
        if (!SynapseEntityId.TryParse(typed, out var id) || id.Version is not null)
            throw Unusable($"'{typed}' is no id of a view; write it as syn123.");
        try
        {
            var entity = await client.Entities.GetAsync(id.Id, null, RequestPriority.Interactive, cancellationToken);
            var view = FileView.Of(entity, [])
                ?? throw Unusable($"{id.Id} ({entity.Name}) is no view of files; a project's owner makes one with synapsefs index PROJECT.");
            if (!view.ShowsFiles)
                throw Unusable($"The view {id.Id} ({view.Name}) shows no files; have it show them, or make another with synapsefs index PROJECT.");
            view = view with { Columns = await client.Tables.GetColumnsAsync(id.Id, RequestPriority.Interactive, cancellationToken) };
            return view.MissingColumns is [] ? view : throw Unusable(
                $"The view {id.Id} ({view.Name}) lacks the columns {string.Join(", ", view.MissingColumns)}: add them to its schema on its "
                + "page, or make a view that has them with synapsefs index PROJECT.");
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.NotFound)
        {
            throw Unusable($"There is no view {id.Id}, or it is in the trash; leave --view out, and one is looked for in the project.");
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.Forbidden)
        {
            throw Unusable($"You may not read the view {id.Id}: ask its owner, or leave --view out. Synapse says: {problem.Reason}");
        }
    }

    private static FsException Unusable(string reason) => new(FsError.InvalidArgument, reason);
}
