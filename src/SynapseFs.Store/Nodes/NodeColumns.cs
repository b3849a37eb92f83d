using Microsoft.Data.Sqlite;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Nodes;

/// <summary>A node row as column values and back, in the order of <see cref="NodeSql"/>. Times are UTC ticks.</summary>
internal static class NodeColumns
{
    private const int RowColumns = 14;
    private const int DetailColumns = 14;

    /// <summary>All columns; a null inode lets the database choose the next one.</summary>
    public static object?[] ToValues(NodeRow row, long? inode)
    {
        var values = new object?[RowColumns + DetailColumns];
        values[0] = inode;
        values[1] = (long)row.Parent.Value;
        values[2] = row.Name;
        values[3] = row.Kind;
        values[4] = row.RemoteId;
        values[5] = row.Revision;
        values[6] = row.Modified.UtcTicks;
        values[7] = row.Created.UtcTicks;
        values[8] = row.ListedOn?.UtcTicks;
        values[9] = row.IsDetached ? inode : 0L;
        values[10] = row.LocalLength;
        values[11] = row.LocalModified?.UtcTicks;
        values[12] = (long?)row.LocalPermissions;
        values[13] = StoredXattrs.ToText(row.LocalXattrs);
        WriteDetails(row.Details, values.AsSpan(RowColumns));
        return values;
    }

    /// <summary>The inode, then the columns of the details: null throughout when there are none, but for no rights.</summary>
    public static object?[] ToValues(InodeNumber inode, NodeDetails? details)
    {
        var values = new object?[1 + DetailColumns];
        values[0] = (long)inode.Value;
        WriteDetails(details, values.AsSpan(1));
        return values;
    }

    public static NodeRow Read(SqliteDataReader reader) => new()
    {
        Inode = new InodeNumber((ulong)reader.GetInt64(0)),
        Parent = new InodeNumber((ulong)reader.GetInt64(1)),
        Name = reader.GetString(2),
        Kind = reader.GetString(3),
        RemoteId = reader.GetString(4),
        Revision = Text(reader, 5),
        Modified = Time(reader, 6),
        Created = Time(reader, 7),
        ListedOn = OptionalTime(reader, 8),
        IsDetached = reader.GetInt64(9) != 0,
        LocalLength = Number(reader, 10),
        LocalModified = OptionalTime(reader, 11),
        LocalPermissions = (FilePermissions?)Number(reader, 12),
        LocalXattrs = StoredXattrs.BytesFromText(Text(reader, 13)),
        Details = reader.IsDBNull(RowColumns) ? null : ReadDetails(reader),
    };

    private static void WriteDetails(NodeDetails? details, Span<object?> values)
    {
        values[12] = (long)(details?.Rights ?? NodeRights.None);
        values[13] = (long)(details?.Depth ?? DetailsDepth.Full);
        if (details is null)
            return;
        values[0] = details.Revision;
        values[1] = details.Modified.UtcTicks;
        values[2] = details.Created.UtcTicks;
        values[3] = (long)details.Permissions;
        values[4] = details.Length;
        values[5] = details.Content?.Id;
        values[6] = details.Content?.Md5;
        values[7] = details.LinkTarget;
        values[8] = details.Denied;
        values[9] = details.DescribedOn.UtcTicks;
        values[10] = details.BelievedUntil?.UtcTicks;
        values[11] = details.Xattrs.Count == 0 ? null : StoredXattrs.ToText(details.Xattrs);
    }

    private static NodeDetails ReadDetails(SqliteDataReader reader) => new()
    {
        Revision = reader.GetString(RowColumns),
        Modified = Time(reader, RowColumns + 1),
        Created = Time(reader, RowColumns + 2),
        Permissions = (FilePermissions)reader.GetInt32(RowColumns + 3),
        Length = Number(reader, RowColumns + 4),
        Content = Text(reader, RowColumns + 5) is { } id ? new ContentKey(id, Text(reader, RowColumns + 6)) : null,
        LinkTarget = Text(reader, RowColumns + 7),
        Denied = Text(reader, RowColumns + 8),
        DescribedOn = Time(reader, RowColumns + 9),
        BelievedUntil = OptionalTime(reader, RowColumns + 10),
        Xattrs = StoredXattrs.FromText(Text(reader, RowColumns + 11)),
        Rights = (NodeRights)reader.GetInt64(RowColumns + 12),
        Depth = (DetailsDepth)reader.GetInt64(RowColumns + 13),
    };

    public static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTimeOffset Time(SqliteDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);

    private static DateTimeOffset? OptionalTime(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Time(reader, column);
}
