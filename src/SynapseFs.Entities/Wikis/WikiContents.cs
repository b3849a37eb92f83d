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
    public RemoteContent Open(RemoteNode node, RemoteDetails details) =>
        details.Content is { } key && WikiDescriber.IsText(key) && WikiId.TryParse(EntityKinds.WikiText, node.RemoteId) is { Page: { } page } id
            ? new DocumentContent(
                node.RemoteId, key, details.Length, recent, (urgency, token) => ReadAsync(id.Owner, page, urgency, token))
            : files.Open(node, details);

    private async Task<EntityDocument> ReadAsync(string owner, string page, Urgency urgency, CancellationToken cancellationToken) =>
        EntityDocument.OfText(WikiDescriber.TextOf(await reader.PageAsync(owner, page, urgency, cancellationToken)));
}
