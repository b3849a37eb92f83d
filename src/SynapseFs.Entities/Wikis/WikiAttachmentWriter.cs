using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Files;
using SynapseFs.Entities.Sending;
using SynapseFs.Store;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// Adds, replaces and removes attachments: the bytes first, then the page's list of file handles. The text stays as it is. Failures of
/// the service are <see cref="SynapseException"/>.
/// </summary>
internal sealed class WikiAttachmentWriter(
    SynapseClient client, WikiReader reader, WikiPageWriter pages, Turns<string> turns, ContentSender sender)
{
    private const int Tries = 5;

    /// <summary>A new one; an entity without a wiki gets one.</summary>
    /// <exception cref="ChangeRefusedException">NameTaken.</exception>
    public async Task<WikiAttachment> CreateAsync(
        WikiId parent, string name, LocalContent content, Urgency urgency, CancellationToken cancellationToken)
    {
        var page = await turns.TakeAsync(
            parent.Owner, () => pages.RequirePageAsync(parent, urgency, cancellationToken), cancellationToken);
        return await PutAsync(new WikiId(parent.Owner, page, name), content, RequireNone, urgency, cancellationToken);

        void RequireNone(FileHandle? present)
        {
            if (present is not null)
                throw new ChangeRefusedException(ChangeRefusal.NameTaken, $"The page has another attachment '{name}' by now.");
        }
    }

    public Task<WikiAttachment> UpdateAsync(WikiId id, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        return PutAsync(id, update.Content!, RequireKnown, urgency, cancellationToken);

        void RequireKnown(FileHandle? present)
        {
            if (present is null)
                throw new ChangeRefusedException(ChangeRefusal.Gone, $"'{id.Attachment}' is no attachment of the page any more.");
            if (update.KnownContent is { } known && present.Id != known && !update.OwnContents.Contains(present.Id))
                throw new ChangeRefusedException(
                    ChangeRefusal.ContentChanged, $"'{id.Attachment}' was replaced in Synapse since it was changed here.");
        }
    }

    /// <summary>Takes it off the page. Already gone is success.</summary>
    public Task<bool> DeleteAsync(WikiId id, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken) =>
        turns.TakeAsync(id.Owner, () => DeleteInTurnAsync(id, deletion, urgency, cancellationToken), cancellationToken);

    private async Task<bool> DeleteInTurnAsync(WikiId id, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var page = await client.Wikis.GetBareAsync(id.Owner, id.Page!, urgency.ToPriority(), cancellationToken);
                if (await FindAsync(id, urgency, cancellationToken) is not { } present)
                    return false;
                if (deletion.Content?.Id is { } known && present.Id != known && !deletion.OwnContents.Contains(present.Id))
                    throw new ChangeRefusedException(
                        ChangeRefusal.ContentChanged,
                        $"'{id.Attachment}' was replaced in Synapse since it was deleted here; look at it and delete it again.");
                await SetAsync(id, page, present.Id, null, urgency, cancellationToken);
                return true;
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.NotFound)
            {
                // With its page.
                return false;
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing.
            }
        }
    }

    private async Task<WikiAttachment> PutAsync(
        WikiId id, LocalContent content, Action<FileHandle?> require, Urgency urgency, CancellationToken cancellationToken)
    {
        var file = new FileOnItsWay(content, sender);
        // Before bytes are sent, which may take long and so are sent in nobody's turn.
        var found = await FindAsync(id, urgency, cancellationToken);
        if (IsHeld(found, file))
            return new WikiAttachment(id, found!);
        require(found);
        while (true)
        {
            var handle = await file.GetAsync(id.Attachment!, parentId: null, urgency, cancellationToken);
            try
            {
                return await turns.TakeAsync(
                    id.Owner, () => PutInTurnAsync(id, handle, file, require, urgency, cancellationToken), cancellationToken);
            }
            catch (SynapseException exception) when (file.TryForgetEarlier(exception))
            {
                // What an earlier attempt had sent is no longer there.
            }
        }
    }

    private async Task<WikiAttachment> PutInTurnAsync(
        WikiId id, FileHandle handle, FileOnItsWay file, Action<FileHandle?> require, Urgency urgency, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var page = await client.Wikis.GetBareAsync(id.Owner, id.Page!, urgency.ToPriority(), cancellationToken);
            var found = await FindAsync(id, urgency, cancellationToken);
            if (IsHeld(found, file))
                return new WikiAttachment(id, found!);
            require(found);
            try
            {
                await SetAsync(id, page, found?.Id, handle.Id, urgency, cancellationToken);
                return new WikiAttachment(id, handle);
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing, perhaps by a try of ours whose answer was lost: reading again tells.
            }
        }
    }

    private async Task<FileHandle?> FindAsync(WikiId id, Urgency urgency, CancellationToken cancellationToken) =>
        (await reader.AttachmentsAsync(id.Owner, id.Page!, urgency, cancellationToken))
            .FirstOrDefault(handle => handle.FileName == id.Attachment);

    private Task<V2WikiPage> SetAsync(
        WikiId id, V2WikiPage page, string? gone, string? added, Urgency urgency, CancellationToken cancellationToken)
    {
        var handles = (page.AttachmentFileHandleIds ?? []).Where(handle => handle != gone && handle != added);
        string[] wanted = added is null ? [.. handles] : [.. handles, added];
        return client.Wikis.UpdateAsync(
            id.Owner, page with { AttachmentFileHandleIds = wanted }, urgency.ToPriority(), cancellationToken);
    }

    // The same bytes under another file handle are what is wanted, too, whoever put them there.
    private static bool IsHeld(FileHandle? found, FileOnItsWay file) =>
        found is not null
        && (file.IsOurs(found.Id)
            || (Md5Text.Normalize(found.ContentMd5) == file.Content.Md5 && found.ContentSize == file.Content.Length));
}

/// <summary>An attachment as it is now.</summary>
internal sealed record WikiAttachment(WikiId Id, FileHandle Handle);
