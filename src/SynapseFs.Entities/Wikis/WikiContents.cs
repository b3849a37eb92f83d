using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Documents;
using SynapseFs.Entities.Files;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// The bytes of texts and attachments as their details describe them. An attachment may show the text that it was renamed from, and
/// the other way round. Costs no call.
/// </summary>
internal sealed class WikiContents(WikiReader reader, RecentDocuments recent, FileContents files)
{
    public RemoteContent Open(RemoteNode node, RemoteDetails details)
    {
        if (details.Content is not { } key)
            return files.Open(node, details);
        if (WikiDescriber.IsText(key) && WikiId.TryParse(EntityKinds.WikiText, node.RemoteId) is { Page: { } page } text)
            return Document((urgency, token) => ReadAsync(text.Owner, page, urgency, token));
        return WikiDescriber.IsOrder(key) && WikiId.TryParse(EntityKinds.WikiOrder, node.RemoteId) is { } order
            ? Document((urgency, token) => ReadOrderAsync(order.Owner, urgency, token))
            : files.Open(node, details);

        DocumentContent Document(Func<Urgency, CancellationToken, Task<EntityDocument>> read) =>
            new(node.RemoteId, key, details.Length, recent, read);
    }

    private async Task<EntityDocument> ReadAsync(string owner, string page, Urgency urgency, CancellationToken cancellationToken) =>
        EntityDocument.OfText(WikiDescriber.TextOf(await reader.PageAsync(owner, page, urgency, cancellationToken)));

    private async Task<EntityDocument> ReadOrderAsync(string owner, Urgency urgency, CancellationToken cancellationToken)
    {
        var now = await reader.OrderAsync(owner, urgency, cancellationToken);
        return EntityDocument.OfText(Encoding.UTF8.GetBytes(WikiOrder.TextOf(now.Tree, now.Hint.IdList)));
    }
}
