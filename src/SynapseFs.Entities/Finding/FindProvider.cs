using SynapseFs.Core.Providers;
using SynapseFs.Core.Searching;
using SynapseFs.Entities.HiddenRoom;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Finding;

/// <summary>
/// The directory <c>find</c> and those below it, each named by a term: links to what below the directory of the hidden room matches all
/// terms on the way. <c>find</c> itself lists terms of what is known, without asking; any other can be typed.
/// </summary>
internal sealed class FindProvider(KnownTree tree, TimeProvider time) : HiddenDirectory
{
    public const string DirectoryName = "find";

    // Programs look the names up that they were just told; one look through the tree has to do for all of them.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private LastFound? _last;

    public override NodeKind Kind => EntityKinds.Find;

    public override bool AsksRemotely => false;

    public override bool ListsEveryChild => false;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = FindId.Parse(directory.RemoteId);
        return id.Terms.Count > 0
            ? await FindLinksAsync(id, cancellationToken)
            : [.. (await FacetsAsync(id, cancellationToken)).Select(term => Child(term, Kind, id.With(term).ToString()))];
    }

    public override async Task<bool> IsUnchangedAsync(
        RemoteNode directory, IReadOnlyCollection<KnownChild> known, Urgency urgency, CancellationToken cancellationToken)
    {
        var children = await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);
        return known.Select(child => (child.Name, child.RemoteId)).ToHashSet()
            .SetEquals(children.Select(child => (child.Name, child.RemoteId)));
    }

    public override async Task<RemoteChild?> FindAsync(
        RemoteNode directory, string name, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = FindId.Parse(directory.RemoteId);
        if (TermName.Parse(name) is not null)
            return Child(name, Kind, id.With(name).ToString());
        if (id.Terms.Count == 0)
            return null;
        if (Recent(directory.RemoteId) is not { } links)
            links = await FindLinksAsync(id, cancellationToken);
        return links.FirstOrDefault(link => link.Name == name);
    }

    private async Task<IReadOnlyList<string>> FacetsAsync(FindId id, CancellationToken cancellationToken) =>
        tree.WalkBelow(id.Room.Kind, id.Room.DirectoryId, WalkReach.Known) is { } walk
            ? await Facets.OfAsync(walk, cancellationToken)
            : [];

    private async Task<IReadOnlyList<RemoteChild>> FindLinksAsync(FindId id, CancellationToken cancellationToken)
    {
        if (tree.WalkBelow(id.Room.Kind, id.Room.DirectoryId, WalkReach.Unknown) is not { } walk)
            return [];
        var terms = id.Terms.Select(name => TermName.Parse(name)
            ?? throw new FsException(FsError.NotFound, $"'{name}' says nothing that could be looked for.")).ToList();
        var found = new List<KnownNode>();
        var isTop = true;
        await foreach (var node in walk.RunAsync(cancellationToken))
        {
            // The directory itself does not lie below itself.
            if (!isTop && terms.TrueForAll(term => term.Matches(node.Xattrs)))
                found.Add(node);
            isTop = false;
        }

        IReadOnlyList<RemoteChild> links = [.. FoundNames.Of(found).Select(named => FoundLinkProvider.Link(named.Key, named.Value.Path))];
        lock (_lock)
            _last = new LastFound(id.ToString(), time.GetTimestamp(), links);
        return links;
    }

    private IReadOnlyList<RemoteChild>? Recent(string id)
    {
        lock (_lock)
            return _last is { } last && last.Id == id && time.GetElapsedTime(last.At) < Remembered ? last.Links : null;
    }

    private sealed record LastFound(string Id, long At, IReadOnlyList<RemoteChild> Links);
}
