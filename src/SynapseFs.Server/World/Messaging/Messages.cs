using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Teams;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Messaging;

/// <summary>
/// Messages between users, and to teams. They reach their recipients at once, in their inboxes only: no mail leaves this server.
/// Source: MessageManagerImpl.
/// </summary>
internal sealed class Messages(SynapseWorld world, MessageTable table, TeamRights rights)
{
    private const int MaxRecipients = 50;
    private const int MaxInWindow = 10;
    private const long Window = 60_000;

    public MessageToUser Get(Caller caller, long id)
    {
        var message = table.Get(id) ?? throw ServiceException.NotFound($"Message ({id}) not found");
        return MaySee(caller, message)
            ? message
            : throw ServiceException.Forbidden($"You are not the sender or receiver of this message ({id})");
    }

    public MessageToUser Send(Caller caller, MessageToUser message)
    {
        RequirePause(caller);
        var recipients = Recipients(caller, message);
        RequireText(caller, message);
        if (recipients.FirstOrDefault(id => !world.AddressBook.Exists(id)) is > 0)
        {
            throw ServiceException.BadRequest(
                $"One or more of the following IDs are not recognized: [{string.Join(", ", message.Recipients!)}]");
        }

        if (message.InReplyTo is { } former && table.Root(EntityIds.ParseNumber(former, "inReplyTo")) is null)
        {
            throw ServiceException.BadRequest($"Cannot reply to a message ({former}) that does not exist");
        }

        var stored = table.Add(caller, message with
        {
            Recipients = [.. recipients.Select(EntityShape.Text)],
            WithUnsubscribeLink = message.WithUnsubscribeLink ?? true,
            WithProfileSettingLink = message.WithProfileSettingLink ?? false,
            IsNotificationMessage = message.IsNotificationMessage ?? false,
        }, Now);
        foreach (var user in recipients.SelectMany(id => Expand(caller, id)).Distinct())
        {
            table.Deliver(EntityIds.ParseNumber(stored.Id, "id"), user);
        }

        return stored;
    }

    public MessageToUser Forward(Caller caller, long id, MessageRecipientSet to)
    {
        var message = Get(caller, id);
        return Send(caller, message with { Recipients = to.Recipients, InReplyTo = message.Id });
    }

    /// <summary>To whoever made the entity if they may share it, else to all who may.</summary>
    public MessageToUser SendToOwner(Caller caller, long entityId, MessageToUser message)
    {
        var standing = world.Access.Examine(caller, entityId);
        var sharers = (world.Acls.Get(standing.Lineage.Benefactor)?.ResourceAccess ?? [])
            .Where(entry => entry.AccessType!.Contains(AccessTypes.ChangePermissions)).Select(entry => entry.PrincipalId!.Value).ToList();
        if (sharers.Count == 0)
        {
            throw ServiceException.Forbidden("Unable to find a user with access to this entity.");
        }

        var added = sharers.Contains(standing.Node.CreatedBy) ? [standing.Node.CreatedBy] : sharers;
        return Send(caller, message with { Recipients = [.. message.Recipients ?? [], .. added.Select(EntityShape.Text)] });
    }

    public MessageBundlePage Inbox(Caller caller, string? filter, MessageOrder order, OffsetPage page)
    {
        var statuses = (filter ?? "UNREAD").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Array.ForEach(statuses, RequireStatus);
        var found = table.Inbox(caller.Id, statuses, order, page);
        return new MessageBundlePage { Results = found, TotalNumberOfResults = page.Total(found.Count) };
    }

    public MessagePage Outbox(Caller caller, MessageOrder order, OffsetPage page) =>
        Page(table.Outbox(caller.Id, order, page), page);

    public MessagePage Conversation(Caller caller, long id, MessageOrder order, OffsetPage page)
    {
        var root = table.Root(id) ?? throw ServiceException.NotFound($"Message ({id}) not found");
        return Page(table.Conversation(root, caller.Id, order, page), page);
    }

    public void SetStatus(Caller caller, MessageStatus status)
    {
        var id = EntityIds.ParseNumber(status.MessageId ?? throw ServiceException.BadRequest("messageId is required."), "messageId");
        RequireStatus(status.Status ?? throw ServiceException.BadRequest("status is required."));
        Get(caller, id);
        if (!table.SetStatus(id, caller.Id, status.Status))
        {
            throw ServiceException.Forbidden($"Cannot change status of message ({id})");
        }
    }

    /// <summary>The file that holds the message's text.</summary>
    public FileHandleRow Text(Caller caller, long id)
    {
        var handle = Get(caller, id).FileHandleId;
        return world.FileHandles.Get(EntityIds.ParseNumber(handle, "fileHandleId"))
            ?? throw ServiceException.NotFound($"The file handle {handle} does not exist");
    }

    /// <summary>Whether the handle is the text of a message that the caller may see.</summary>
    public bool MayDownload(Caller caller, FileHandleRow handle, string messageId) =>
        table.Get(EntityIds.ParseNumber(messageId, "associateObjectId")) is { } message
        && message.FileHandleId == EntityShape.Text(handle.Id) && MaySee(caller, message);

    private long Now => world.Now.ToUnixTimeMilliseconds();

    private static MessagePage Page(IReadOnlyList<MessageToUser> found, OffsetPage page) =>
        new() { Results = found, TotalNumberOfResults = page.Total(found.Count) };

    private static bool MaySee(Caller caller, MessageToUser message) =>
        message.CreatedBy == caller.IdText || caller.Groups.Any(group => message.Recipients!.Contains(EntityShape.Text(group)));

    private static void RequireStatus(string status)
    {
        if (status is not ("READ" or "UNREAD" or "ARCHIVED"))
        {
            throw ServiceException.BadRequest($"Unknown message status: {status}; expected READ, UNREAD or ARCHIVED");
        }
    }

    private static bool IsTrusted(Caller caller) => caller.Groups.Contains(Principals.TrustedMessageSenders);

    private void RequirePause(Caller caller)
    {
        if (!IsTrusted(caller) && table.CountSince(caller.Id, Now - Window) >= MaxInWindow)
        {
            throw new ServiceException(
                ServiceError.Throttled,
                $"Please slow down.  You may send a maximum of {MaxInWindow} message(s) every {Window / 1000} second(s)");
        }
    }

    private static long[] Recipients(Caller caller, MessageToUser message)
    {
        if (message.Recipients is not { Count: > 0 } texts)
        {
            throw ServiceException.BadRequest("recipients must be set.");
        }

        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous user may not send messages.");
        }

        long[] ids = [.. texts.Select(text => EntityIds.ParseNumber(text, "recipients")).Distinct()];
        return ids.Length <= MaxRecipients || IsTrusted(caller)
            ? ids
            : throw ServiceException.BadRequest(
                $"May not message more than {MaxRecipients} at once.  Consider grouping the recipients in a Team if possible.");
    }

    private void RequireText(Caller caller, MessageToUser message)
    {
        var text = message.FileHandleId ?? throw ServiceException.BadRequest("fileHandleId is required.");
        var id = EntityIds.ParseNumber(text, "fileHandleId");
        var handle = world.FileHandles.Get(id) ?? throw ServiceException.NotFound($"The file handle {id} does not exist");
        if (handle.CreatedBy != caller.Id && !table.IsSeen(id, caller))
        {
            throw ServiceException.Forbidden("Invalid file handle given");
        }
    }

    /// <summary>The users whom a recipient stands for; a team that the sender may not write to stands for nobody.</summary>
    private IReadOnlyList<long> Expand(Caller caller, long id)
    {
        if (world.Users.Get(id) is not null)
        {
            return [id];
        }

        if (!IsTrusted(caller) && !rights.May(caller, id, TeamRights.SendMessage))
        {
            return [];
        }

        return id == Principals.AuthenticatedUsers
            ? world.Users.Ids
            : world.Teams.MembersOf(id);
    }
}
