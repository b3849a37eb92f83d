using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Messaging;

/// <summary>All messages and whom they reached.</summary>
internal sealed class MessageTable(Database database)
{
    public MessageToUser? Get(long id) => database.First("SELECT document FROM messages WHERE id = @0", row => Read(row.GetString(0)), id);

    /// <summary>Stores a new message; its id and its root are set here.</summary>
    public MessageToUser Add(Caller sender, MessageToUser message, long now)
    {
        var id = database.Next("message", 1);
        var root = message.InReplyTo is { } former ? Root(EntityIds.ParseNumber(former, "inReplyTo")) ?? id : id;
        var stored = message with
        {
            Id = EntityShape.Text(id),
            CreatedBy = sender.IdText,
            CreatedOn = EntityShape.Date(now),
            InReplyToRoot = EntityShape.Text(root),
        };
        database.Execute(
            "INSERT INTO messages (id, root_id, created_by, created_on, subject, file_handle_id, document) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6)",
            id, root, sender.Id, now, stored.Subject, EntityIds.ParseNumber(stored.FileHandleId, "fileHandleId"),
            JsonSerializer.Serialize(stored, MessageJson.Default.MessageToUser));
        return stored;
    }

    public void Deliver(long id, long userId) => database.Execute(
        "INSERT OR IGNORE INTO message_statuses (message_id, user_id, status) VALUES (@0, @1, 'UNREAD')", id, userId);

    /// <summary>False: the message did not reach the user.</summary>
    public bool SetStatus(long id, long userId, string status) => database.Execute(
        "UPDATE message_statuses SET status = @2 WHERE message_id = @0 AND user_id = @1", id, userId, status) > 0;

    public long CountSince(long senderId, long since) => database.Number(
        "SELECT count(*) FROM messages WHERE created_by = @0 AND created_on > @1", senderId, since) ?? 0;

    /// <summary>The first message of the conversation; null: no such message.</summary>
    public long? Root(long id) => database.Number("SELECT root_id FROM messages WHERE id = @0", id);

    public bool Uses(long fileHandleId) =>
        database.Number("SELECT EXISTS (SELECT 1 FROM messages WHERE file_handle_id = @0)", fileHandleId) == 1;

    /// <summary>Whether a message with this text is addressed to one of the principals.</summary>
    public bool IsSeen(long fileHandleId, Caller caller) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM messages m JOIN json_each(m.document, '$.recipients') r ON r.value IN "
        + "(SELECT CAST(value AS TEXT) FROM json_each(@1)) WHERE m.file_handle_id = @0)", fileHandleId, caller.GroupsJson) == 1;

    public IReadOnlyList<MessageBundle> Inbox(long userId, IReadOnlyList<string> statuses, MessageOrder order, OffsetPage page) =>
        database.Query(
            "SELECT m.document, s.status FROM messages m JOIN message_statuses s ON s.message_id = m.id WHERE s.user_id = @0 "
            + $"AND instr(@1, ',' || s.status || ',') > 0 ORDER BY {order.Words} LIMIT @2 OFFSET @3",
            row => Bundle(Read(row.GetString(0)), userId, row.GetString(1)),
            userId, $",{string.Join(',', statuses)},", page.Limit, page.Offset);

    public IReadOnlyList<MessageToUser> Outbox(long userId, MessageOrder order, OffsetPage page) => database.Query(
        $"SELECT m.document FROM messages m WHERE m.created_by = @0 ORDER BY {order.Words} LIMIT @1 OFFSET @2",
        row => Read(row.GetString(0)), userId, page.Limit, page.Offset);

    /// <summary>What the user has sent or received of the conversation.</summary>
    public IReadOnlyList<MessageToUser> Conversation(long root, long userId, MessageOrder order, OffsetPage page) => database.Query(
        "SELECT m.document FROM messages m WHERE m.root_id = @0 AND (m.created_by = @1 OR EXISTS ("
        + "SELECT 1 FROM message_statuses s WHERE s.message_id = m.id AND s.user_id = @1)) "
        + $"ORDER BY {order.Words} LIMIT @2 OFFSET @3",
        row => Read(row.GetString(0)), root, userId, page.Limit, page.Offset);

    private static MessageToUser Read(string document) => JsonSerializer.Deserialize(document, MessageJson.Default.MessageToUser)!;

    private static MessageBundle Bundle(MessageToUser message, long userId, string status) => new()
    {
        Message = message,
        Status = new MessageStatus { MessageId = message.Id, RecipientId = EntityShape.Text(userId), Status = status },
    };
}
