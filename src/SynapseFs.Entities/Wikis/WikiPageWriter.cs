using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Wikis;

/// <summary>Makes, renames, moves and deletes pages. Failures of the service are <see cref="SynapseException"/>.</summary>
internal sealed class WikiPageWriter(SynapseClient client, WikiReader reader, Turns<string> turns)
{
    private const int Tries = 5;

    /// <summary>A page without a text. One that is shown under that name there already is taken for it.</summary>
    /// <param name="parent">The page above.</param>
    /// <returns>Its id.</returns>
    public Task<string> CreateAsync(WikiId parent, string shown, Urgency urgency, CancellationToken cancellationToken) => turns.TakeAsync(
        parent.Owner,
        async () =>
        {
            var title = WikiNames.TitleOf(shown) ?? throw Untitled(shown);
            var above = await RequirePageAsync(parent, urgency, cancellationToken);
            var tree = await reader.FreshTreeAsync(parent.Owner, urgency, cancellationToken);
            if (tree.Below(above).FirstOrDefault(page => WikiNames.IsShownAs(page.Title, page.Id, shown)) is { Id: { } there })
                return there;
            var made = await PostAsync(
                parent.Owner, new WikiPage { Title = title, ParentWikiId = above, Markdown = "" }, urgency, cancellationToken);
            return made.Id!;
        },
        cancellationToken);

    /// <summary>Another title, or another page above it.</summary>
    public Task<string> MoveAsync(WikiId id, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken) =>
        turns.TakeAsync(id.Owner, () => MoveInTurnAsync(id, update, urgency, cancellationToken), cancellationToken);

    /// <summary>With all that was deleted with it; anything else in it refuses with NotEmpty.</summary>
    public Task<bool> DeleteAsync(WikiId id, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) => turns.TakeAsync(
        id.Owner,
        async () =>
        {
            var tree = await reader.FreshTreeAsync(id.Owner, urgency, cancellationToken);
            if (tree.Find(id.Page!) is not { } top)
                return false;
            foreach (var page in tree.From(top))
                await RequireEmptyAsync(id.Owner, page, isTop: page == top, deletion.AlsoDeleted, urgency, cancellationToken);
            await client.Wikis.DeleteAsync(id.Owner, id.Page!, urgency.ToPriority(), cancellationToken);
            reader.Changed(id.Owner);
            return true;
        },
        cancellationToken);

    /// <summary>The page's id; an entity without a wiki gets one. Called in its turn.</summary>
    /// <exception cref="ChangeRefusedException">ParentGone: there is no such page any more.</exception>
    public async Task<string> RequirePageAsync(WikiId id, Urgency urgency, CancellationToken cancellationToken)
    {
        var tree = await reader.FreshTreeAsync(id.Owner, urgency, cancellationToken);
        if (id.Page is { } page)
            return tree.Find(page) is not null
                ? page
                : throw new ChangeRefusedException(ChangeRefusal.ParentGone, $"The page {page} of {id.Owner} is not there any more.");
        return tree.Root?.Id ?? (await CreateRootAsync(id.Owner, "", urgency, cancellationToken)).Id!;
    }

    /// <summary>The root page of an entity that has none; if somebody else was quicker, it is theirs. Called in its turn.</summary>
    public async Task<WikiPage> CreateRootAsync(string owner, string text, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            return await PostAsync(owner, new WikiPage { Markdown = text }, urgency, cancellationToken);
        }
        catch (SynapseException exception) when (exception.Failure == SynapseFailure.Conflict)
        {
            var tree = await reader.FreshTreeAsync(owner, urgency, cancellationToken);
            if (tree.Root?.Id is not { } root)
                throw;
            return await reader.PageAsync(owner, root, urgency, cancellationToken);
        }
    }

    private async Task<WikiPage> PostAsync(string owner, WikiPage page, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Wikis.CreateAsync(owner, page, urgency.ToPriority(), cancellationToken);
        }
        finally
        {
            reader.Changed(owner);
        }
    }

    private async Task<string> MoveInTurnAsync(WikiId id, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var place = update.Place!;
        for (var attempt = 1; ; attempt++)
        {
            var page = await client.Wikis.GetBareAsync(id.Owner, id.Page!, urgency.ToPriority(), cancellationToken);
            var tree = await reader.FreshTreeAsync(id.Owner, urgency, cancellationToken);
            if (IsAt(page, place, tree))
                return page.Id!;
            if (update.KnownPlace is { } known && !IsAt(page, known, tree) && !update.OwnPlaces.Any(own => IsAt(page, own, tree)))
                throw new ChangeRefusedException(
                    ChangeRefusal.PlaceChanged, $"'{known.Name}' was renamed or moved in Synapse since: there it is '{page.Title}' now.");
            var title = WikiNames.TitleOf(place.Name) ?? throw Untitled(place.Name);
            var above = RequireAbove(id, place, tree);
            if (tree.Below(above).Any(other => other.Id != page.Id && WikiNames.IsShownAs(other.Title, other.Id, place.Name)))
                throw new ChangeRefusedException(ChangeRefusal.NameTaken, $"There is another page '{place.Name}' in Synapse by now.");
            try
            {
                await client.Wikis.UpdateAsync(
                    id.Owner, page with { Title = title, ParentWikiId = above }, urgency.ToPriority(), cancellationToken);
                reader.Changed(id.Owner);
                return page.Id!;
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing, perhaps by a try of ours whose answer was lost: reading again tells.
            }
        }
    }

    private static string RequireAbove(WikiId id, NodePlace place, WikiTree tree)
    {
        if (WikiId.TryParse(EntityKinds.WikiPage, place.Parent) is not { } target || target.Owner != id.Owner)
            throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{place.Name}' can be in no other wiki than its own: copy it.");
        var above = (target.Page ?? tree.Root?.Id) is { } page ? tree.Find(page) : null;
        if (above is null)
            throw new ChangeRefusedException(ChangeRefusal.ParentGone, $"The page that '{place.Name}' is to be below is not there any more.");
        return tree.Find(id.Page!) is { } moved && tree.From(moved).Contains(above)
            ? throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{place.Name}' cannot be moved below itself.")
            : above.Id!;
    }

    private static bool IsAt(V2WikiPage page, NodePlace place, WikiTree tree) =>
        WikiId.TryParse(EntityKinds.WikiPage, place.Parent) is { } above && (above.Page ?? tree.Root?.Id) == page.ParentWikiId
        && WikiNames.IsShownAs(page.Title, page.Id, place.Name);

    private async Task RequireEmptyAsync(
        string owner, WikiHeader header, bool isTop, IReadOnlySet<string> deleted, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = new WikiId(owner, header.Id);
        if (!isTop && !deleted.Contains(id.Of(EntityKinds.WikiPage)))
            throw NotEmpty(header, "the page below it was not known here");
        var page = await reader.PageAsync(owner, header.Id!, urgency, cancellationToken);
        if (!string.IsNullOrEmpty(page.Markdown) && !deleted.Contains(id.Of(EntityKinds.WikiText)))
            throw NotEmpty(header, "its text was not known here");
        if (page.AttachmentFileHandleIds is not { Count: > 0 })
            return;
        var attachments = await reader.AttachmentsAsync(owner, header.Id!, urgency, cancellationToken);
        if (attachments.FirstOrDefault(handle => !deleted.Contains((id with { Attachment = handle.FileName }).Of(EntityKinds.WikiAttachment))) is { } unknown)
            throw NotEmpty(header, $"its attachment '{unknown.FileName}' was not known here");
    }

    private static ChangeRefusedException NotEmpty(WikiHeader page, string why) =>
        new(ChangeRefusal.NotEmpty, $"'{page.Title}' is not deleted: {why}. Look at it and delete it again.");

    private static ChangeRefusedException Untitled(string shown) =>
        new(ChangeRefusal.Impossible, $"'{shown}' can be no page's title; give it another name.");
}
