using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using SynapseFs.Store.Nodes;
using SynapseFs.Store.Sqlite;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Ahead;

/// <summary>Details ahead as column values and back, in the order of <see cref="AheadSql"/>. Times are UTC ticks.</summary>
internal static class AheadColumns
{
    public static object?[] ToValues(string remoteId, long? source, long round, NodeDetails details) =>
    [
        remoteId, source, round, details.Revision, details.Modified.UtcTicks, details.Created.UtcTicks, (long)details.Permissions,
        (long)details.Rights, details.Length, details.Content?.Id, details.Content?.Md5,
        details.Xattrs.Count == 0 ? null : StoredXattrs.ToText(details.Xattrs), (long)details.Depth,
    ];

    public static NodeDetails Read(SqliteDataReader reader) => new()
    {
        Revision = reader.GetString(1),
        Modified = NodeColumns.Time(reader, 2),
        Created = NodeColumns.Time(reader, 3),
        Permissions = (FilePermissions)reader.GetInt64(4),
        Rights = (NodeRights)reader.GetInt64(5),
        Length = reader.GetInt64(6),
        Content = new ContentKey(reader.GetString(7), NodeColumns.Text(reader, 8)),
        Xattrs = StoredXattrs.FromUtf8(new RowValues(reader).Utf8(9)),
        Depth = (DetailsDepth)reader.GetInt64(10),
        DescribedOn = DateTimeOffset.UnixEpoch,
    };
}

[JsonSerializable(typeof(IEnumerable<string>))]
internal sealed partial class AheadJson : JsonSerializerContext;
