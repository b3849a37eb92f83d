using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>The text of a page, in Synapse's Markdown. Deleted, it leaves the page without a text.</summary>
internal sealed class WikiTextProvider(WikiReader reader, WikiDescriber describer, WikiTextWriter writer, WikiContents contents) : NodeProvider
{
    public override NodeKind Kind => EntityKinds.WikiText;

    public override NodeType Type => NodeType.File;

    public override bool IsUnderstood => true;

    public override bool KeepsItsPlace => true;

    public override NodeKind KindBeside => EntityKinds.Scratch;

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        var page = await reader.PageAsync(id.Owner, id.Page!, urgency, cancellationToken).ForAsync(node.RemoteId);
        return string.IsNullOrEmpty(page.Markdown)
            ? throw new FsException(FsError.NotFound, $"The page {id.Page} of {id.Owner} has no text any more.")
            : (await ShowAsync(id.Owner, page, urgency, cancellationToken)).Details!;
    }

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => contents.Open(node, details);

    public override string? RemoteIdOf(RemoteNode node) => null;

    public override void CheckContent(string name, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            throw new FsException(FsError.InvalidArgument, "It is empty; to take a page's text away, delete it.");
        WrittenText.RequireText(content);
    }

    public override async Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(EntityKinds.WikiPage, node.Parent);
        var text = await TextAsync(node.Name, node.Content, cancellationToken);
        var page = await writer.CreateAsync(id, text, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}'", Id: null, node.Parent));
        return await ShowAsync(id.Owner, page, urgency, cancellationToken);
    }

    public override async Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        var text = await TextAsync(node.Name, update.Content, cancellationToken);
        var page = await writer.UpdateAsync(id, text, update.KnownContent, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}' of page {id.Page}", id.Page, Parent: null));
        return await ShowAsync(id.Owner, page, urgency, cancellationToken);
    }

    public override Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        return writer.DeleteAsync(id, deletion.Content, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}' of page {id.Page}", id.Page, Parent: null));
    }

    private async Task<RemoteChild> ShowAsync(string owner, WikiPage page, Urgency urgency, CancellationToken cancellationToken)
    {
        var permissions = await reader.PermissionsAsync(owner, urgency, cancellationToken).ForAsync(owner);
        return await describer.TextAsync(owner, page, permissions, urgency, cancellationToken);
    }

    private async Task<byte[]> TextAsync(string name, LocalContent? content, CancellationToken cancellationToken)
    {
        var text = await WrittenText.ReadAsync(name, content, cancellationToken);
        try
        {
            CheckContent(name, text);
        }
        catch (FsException refusal) when (refusal.Error == FsError.InvalidArgument)
        {
            throw new ChangeRefusedException(ChangeRefusal.Impossible, refusal.Message, refusal);
        }

        return text;
    }
}
