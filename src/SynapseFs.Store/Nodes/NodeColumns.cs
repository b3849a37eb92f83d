using Microsoft.Data.Sqlite;
using SynapseFs.Store.Sqlite;
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

    public static NodeRow Read(SqliteDataReader reader)
    {
        var row = new RowValues(reader);
        return new NodeRow
        {
            Inode = new InodeNumber((ulong)row.Number(0)),
            Parent = new InodeNumber((ulong)row.Number(1)),
            Name = row.Text(2),
            Kind = row.Text(3),
            RemoteId = row.Text(4),
            Revision = row.OptionalText(5),
            Modified = row.Time(6),
            Created = row.Time(7),
            ListedOn = row.OptionalTime(8),
            IsDetached = row.Number(9) != 0,
            LocalLength = row.OptionalNumber(10),
            LocalModified = row.OptionalTime(11),
            LocalPermissions = (FilePermissions?)row.OptionalNumber(12),
            LocalXattrs = StoredXattrs.BytesFromText(row.OptionalText(13)),
            Details = row.OptionalText(RowColumns) is { } revision ? ReadDetails(row, revision) : null,
        };
    }

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

    private static NodeDetails ReadDetails(in RowValues row, string revision) => new()
    {
        Revision = revision,
        Modified = row.Time(RowColumns + 1),
        Created = row.Time(RowColumns + 2),
        Permissions = (FilePermissions)row.Number(RowColumns + 3),
        Length = row.OptionalNumber(RowColumns + 4),
        Content = row.OptionalText(RowColumns + 5) is { } id ? new ContentKey(id, row.OptionalText(RowColumns + 6)) : null,
        LinkTarget = row.OptionalText(RowColumns + 7),
        Denied = row.OptionalText(RowColumns + 8),
        DescribedOn = row.Time(RowColumns + 9),
        BelievedUntil = row.OptionalTime(RowColumns + 10),
        Xattrs = StoredXattrs.FromUtf8(row.Utf8(RowColumns + 11)),
        Rights = (NodeRights)row.Number(RowColumns + 12),
        Depth = (DetailsDepth)row.Number(RowColumns + 13),
    };

    public static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTimeOffset Time(SqliteDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);
}
