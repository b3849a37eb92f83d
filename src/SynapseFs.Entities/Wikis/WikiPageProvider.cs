using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// A page of a wiki as a directory: its text, its attachments, the pages below it. One call lists all pages' titles, one more tells a
/// page's text and what is attached to it. A page without a text shows none.
/// </summary>
internal sealed class WikiPageProvider(WikiReader reader, WikiDescriber describer, WikiPageWriter writer) : NodeProvider
{
    public override NodeKind Kind => EntityKinds.WikiPage;

    public override NodeType Type => NodeType.Directory;

    public override async Task<IReadOnlyList<RemoteChild>> ListAsync(
        RemoteNode directory, ListingHint hint, Urgency urgency, CancellationToken cancellationToken) =>
        await ListAsync(WikiId.Parse(Kind, directory.RemoteId), urgency, cancellationToken).ForAsync(directory.RemoteId);

    public override async Task<IReadOnlyList<RemoteChild>?> TryListAtOnceAsync(
        RemoteNode directory, Urgency urgency, CancellationToken cancellationToken) =>
        await ListAsync(directory, ListingHint.NamesOnly, urgency, cancellationToken);

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        return WikiDescriber.DirectoryDetails(
            await reader.PermissionsAsync(id.Owner, urgency, cancellationToken).ForAsync(node.RemoteId));
    }

    public override NodeKind KindOfNew(NodeType type, string name) => type switch
    {
        NodeType.Directory => EntityKinds.WikiPage,
        NodeType.File => name switch
        {
            WikiNames.Text => EntityKinds.WikiText,
            WikiNames.Order => EntityKinds.WikiOrder,
            _ => EntityKinds.WikiAttachment,
        },
        _ => throw new FsException(FsError.NotPermitted, "A wiki holds pages, texts and attachments, and no links."),
    };

    public override void CheckName(string name) => WikiNames.CheckTitle(name);

    /// <summary>A page belongs to its entity's wiki.</summary>
    public override bool CanMoveTo(RemoteNode node, RemoteNode directory) =>
        WikiId.TryParse(Kind, directory.RemoteId)?.Owner == WikiId.Parse(Kind, node.RemoteId).Owner;

    public override string? RemoteIdOf(RemoteNode node) => null;

    /// <summary>A page that comes, goes or is called otherwise stands otherwise in the order, which lies beside the root page.</summary>
    public override IReadOnlyList<string> NodesOf(RemoteNode node)
    {
        var root = new WikiId(WikiId.Parse(Kind, node.RemoteId).Owner, null);
        return [node.RemoteId, root.Of(Kind), root.Of(EntityKinds.WikiOrder)];
    }

    public override async Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var parent = WikiId.Parse(Kind, node.Parent);
        var page = await writer.CreateAsync(parent, node.Name, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}'", Id: null, node.Parent));
        return await ShowAsync(parent with { Page = page }, node.Name, urgency, cancellationToken);
    }

    public override async Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        if (update.Place is not { } place)
            throw new ChangeRefusedException(ChangeRefusal.Impossible, $"The page '{node.Name}' can be renamed and moved, and nothing else.");
        await writer.MoveAsync(id, update, urgency, cancellationToken).OrRefusedAsync(new ChangeSubject($"'{place.Name}'", id.Page, Parent: null));
        return await ShowAsync(id, place.Name, urgency, cancellationToken);
    }

    public override async Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        await writer.DeleteAsync(id, deletion, urgency, cancellationToken).OrRefusedAsync(new ChangeSubject($"'{node.Name}'", id.Page, Parent: null));
    }

    private async Task<IReadOnlyList<RemoteChild>> ListAsync(WikiId id, Urgency urgency, CancellationToken cancellationToken)
    {
        var permissions = await reader.PermissionsAsync(id.Owner, urgency, cancellationToken);
        var tree = await reader.TreeAsync(id.Owner, urgency, cancellationToken);
        if (id.Page is { } wanted && tree.Find(wanted) is null)
            throw new SynapseException(SynapseFailure.NotFound, $"The page {wanted} of {id.Owner} is not there any more.");
        if ((id.Page ?? tree.Root?.Id) is not { } number)
            return [];
        var page = await reader.PageAsync(id.Owner, number, urgency, cancellationToken);
        var attachments = page.AttachmentFileHandleIds is { Count: > 0 }
            ? await reader.AttachmentsAsync(id.Owner, number, urgency, cancellationToken)
            : [];
        var shown = attachments.Select(handle => describer.Attachment(id.Owner, number, handle, permissions))
            .DistinctBy(child => child.Name).ToList();
        if (!string.IsNullOrEmpty(page.Markdown))
            shown.Add(await describer.TextAsync(id.Owner, page, permissions, urgency, cancellationToken));
        if (id.Page is null && describer.Order(id.Owner, await reader.OrderAsync(id.Owner, urgency, cancellationToken), permissions) is { } order)
            shown.Add(order);
        var below = tree.Below(number);
        var names = WikiNames.Of(below, shown.Select(child => child.Name));
        return [.. shown, .. below.Zip(names, (header, name) => WikiDescriber.Page(new WikiId(id.Owner, header.Id), name, permissions))];
    }

    private async Task<RemoteChild> ShowAsync(WikiId id, string shown, Urgency urgency, CancellationToken cancellationToken) =>
        WikiDescriber.Page(id, shown, await reader.PermissionsAsync(id.Owner, urgency, cancellationToken).ForAsync(id.Owner));
}
