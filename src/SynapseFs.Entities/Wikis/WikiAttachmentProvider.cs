using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>An attachment of a page, under the file name by which the page's text refers to it.</summary>
internal sealed class WikiAttachmentProvider(
    WikiReader reader, WikiDescriber describer, WikiAttachmentWriter writer, WikiContents contents, EntityNames names) : NodeProvider
{
    public override NodeKind Kind => EntityKinds.WikiAttachment;

    public override NodeType Type => NodeType.File;

    /// <summary>A file handle's name is for ever.</summary>
    public override bool KeepsItsPlace => true;

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        var attachments = await reader.AttachmentsAsync(id.Owner, id.Page!, urgency, cancellationToken).ForAsync(node.RemoteId);
        var handle = attachments.FirstOrDefault(each => each.FileName == id.Attachment)
            ?? throw new FsException(FsError.NotFound, $"'{node.Name}' is no attachment of the page any more.");
        return (await ShowAsync(new WikiAttachment(id, handle), urgency, cancellationToken)).Details!;
    }

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => contents.Open(node, details);

    public override void CheckName(string name) => NewNames.Check(names, name);

    public override string? RemoteIdOf(RemoteNode node) => null;

    public override async Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var content = node.Content
            ?? throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{node.Name}' is empty, and Synapse stores no empty files.");
        var name = WikiNames.AttachmentOf(node.Name, names)
            ?? throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{node.Name}' can be no attachment's name; give it another name.");
        var parent = WikiId.Parse(EntityKinds.WikiPage, node.Parent);
        var made = await writer.CreateAsync(parent, name, content, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}'", Id: null, node.Parent));
        return await ShowAsync(made, urgency, cancellationToken);
    }

    public override async Task<RemoteChild> UpdateAsync(
        RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        if (update.Content is null)
            throw new ChangeRefusedException(ChangeRefusal.Impossible, $"The attachment '{node.Name}' can be written, and nothing else.");
        var written = await writer.UpdateAsync(id, update, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}'", id.Attachment, Parent: null));
        return await ShowAsync(written, urgency, cancellationToken);
    }

    public override Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(Kind, node.RemoteId);
        return writer.DeleteAsync(id, deletion, urgency, cancellationToken)
            .OrRefusedAsync(new ChangeSubject($"'{node.Name}'", id.Attachment, Parent: null));
    }

    private async Task<RemoteChild> ShowAsync(WikiAttachment attachment, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = attachment.Id;
        var permissions = await reader.PermissionsAsync(id.Owner, urgency, cancellationToken).ForAsync(id.Owner);
        return describer.Attachment(id.Owner, id.Page!, attachment.Handle, permissions);
    }
}
