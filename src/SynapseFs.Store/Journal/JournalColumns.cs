using Microsoft.Data.Sqlite;
using SynapseFs.Store.Nodes;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Journal;

/// <summary>Journal entries, deletions, unanswered calls and staged contents as column values and back, in the order of <see cref="JournalSql"/>.</summary>
internal static class JournalColumns
{
    public static object?[] ToValues(JournalEntry entry, InodeNumber inode) =>
    [
        (long)inode.Value,
        entry.Sequence,
        entry.Since.UtcTicks,
        entry.IsNew ? 1 : 0,
        entry.RemoteParent,
        entry.RemoteName,
        entry.BaseRevision,
        entry.BaseContent?.Id,
        entry.BaseContent?.Md5,
        entry.Staged,
        entry.SentContent,
        (long?)entry.LinkTo?.Value,
        XattrChanges.ToText(entry.Xattrs),
        entry.Note,
    ];

    public static object?[] ToValues(DeletionEntry deletion) =>
    [
        deletion.RemoteId,
        deletion.Kind,
        deletion.IsDirectory ? 1 : 0,
        deletion.Sequence,
        deletion.Since.UtcTicks,
        (long)deletion.Parent.Value,
        deletion.RemoteParent,
        deletion.Name,
        deletion.Revision,
        deletion.Content?.Id,
        deletion.Content?.Md5,
    ];

    public static object?[] ToValues(StagedRow row) =>
    [
        row.Number,
        row.Length,
        row.Written,
        row.Base?.Id,
        row.Base?.Md5,
        row.BaseStaged,
        row.BaseLength,
        row.BaseLimit,
        row.BaseNode,
    ];

    public static object?[] ToValues(UnansweredCall call) => [call.RemoteId, call.Content ?? "", call.Parent ?? "", call.Name ?? ""];

    public static JournalEntry ReadEntry(SqliteDataReader reader) => new()
    {
        Inode = new InodeNumber((ulong)reader.GetInt64(0)),
        Sequence = reader.GetInt64(1),
        Since = NodeColumns.Time(reader, 2),
        IsNew = reader.GetInt64(3) != 0,
        RemoteParent = NodeColumns.Text(reader, 4),
        RemoteName = NodeColumns.Text(reader, 5),
        BaseRevision = NodeColumns.Text(reader, 6),
        BaseContent = Content(reader, 7),
        Staged = NodeColumns.Number(reader, 9),
        SentContent = NodeColumns.Text(reader, 10),
        LinkTo = NodeColumns.Number(reader, 11) is { } target ? new InodeNumber((ulong)target) : null,
        Xattrs = XattrChanges.FromText(NodeColumns.Text(reader, 12)),
        Note = NodeColumns.Text(reader, 13),
    };

    public static DeletionEntry ReadDeletion(SqliteDataReader reader) => new()
    {
        RemoteId = reader.GetString(0),
        Kind = reader.GetString(1),
        IsDirectory = reader.GetInt64(2) != 0,
        Sequence = reader.GetInt64(3),
        Since = NodeColumns.Time(reader, 4),
        Parent = new InodeNumber((ulong)reader.GetInt64(5)),
        RemoteParent = reader.GetString(6),
        Name = reader.GetString(7),
        Revision = NodeColumns.Text(reader, 8),
        Content = Content(reader, 9),
    };

    public static StagedRow ReadStaged(SqliteDataReader reader) => new(
        Number: reader.GetInt64(0),
        Length: reader.GetInt64(1),
        Written: reader.GetString(2),
        Base: Content(reader, 3),
        BaseStaged: NodeColumns.Number(reader, 5),
        BaseLength: reader.GetInt64(6),
        BaseLimit: reader.GetInt64(7),
        BaseNode: NodeColumns.Text(reader, 8));

    public static UnansweredCall ReadUnanswered(SqliteDataReader reader) => new(
        reader.GetString(0), OrNull(reader.GetString(1)), OrNull(reader.GetString(2)), OrNull(reader.GetString(3)));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>A content key in two columns from <paramref name="column"/> on.</summary>
    private static ContentKey? Content(SqliteDataReader reader, int column) =>
        NodeColumns.Text(reader, column) is { } id ? new ContentKey(id, NodeColumns.Text(reader, column + 1)) : null;
}
