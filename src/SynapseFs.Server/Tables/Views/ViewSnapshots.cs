using System.Security.Cryptography;
using System.Text;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// Frozen rows of views. They are kept in the world and copied into the index when someone asks; who may see a row is judged by the
/// present place of its object, so that a snapshot does not show what was made private later. Source: TableViewManagerImpl,
/// refreshViewBenefactors.
/// </summary>
internal sealed class ViewSnapshots(SynapseWorld world, TableIndex index)
{
    private readonly Lock _building = new();

    /// <summary>Within a transaction: keeps the rows for a version that stays.</summary>
    public void Put(TableKey key, IReadOnlyList<string> columnIds, IEnumerable<IndexRow> rows, long now)
    {
        world.Database.Execute("INSERT INTO view_snapshots (view_id, version, taken_on) VALUES (@0, @1, @2)", key.Id, key.Version, now);
        foreach (var row in rows)
        {
            var cells = columnIds.Zip(row.Cells).Where(cell => cell.Second is not null)
                .Select(cell => KeyValuePair.Create(cell.First, cell.Second!));
            world.Database.Execute(
                "INSERT INTO view_snapshot_rows (view_id, snapshot, row_id, version, etag, benefactor, cells) "
                + "VALUES (@0, @1, @2, @3, @4, @5, @6)",
                key.Id, key.Version, row.RowId, row.RowVersion, row.Etag, row.Benefactor, CellsJson.Write(cells));
        }
    }

    /// <summary>Has the snapshot in the index; returns the benefactors of its rows. Outside of any transaction.</summary>
    /// <param name="key">With a version.</param>
    /// <param name="isOfEntities">Whether the rows are entities; others keep the benefactors that they had.</param>
    public IReadOnlyList<long> Ensure(TableKey key, bool isOfEntities)
    {
        lock (_building)
        {
            var (number, takenOn, benefactors) = world.Transact(() => (
                world.Changes.Newest,
                world.Database.Number("SELECT taken_on FROM view_snapshots WHERE view_id = @0 AND version = @1", key.Id, key.Version) ?? 0,
                isOfEntities ? EntityBenefactors(key) : KeptBenefactors(key)));
            var signature = Signature(benefactors);
            if (index.Mark(key)?.Columns != signature)
            {
                var columns = world.Transact(() => world.Columns.Of(world.Versions.Get(key.Id, key.Version ?? 0)!));
                var places = columns.Select((column, place) => (column.Id, place))
                    .ToDictionary(pair => pair.Id!, pair => pair.place, StringComparer.Ordinal);
                var rows = Rows(key, places, benefactors);
                index.Replace(key, columns, isView: true, rows, new IndexMark(number, IndexMark.NoToken, signature, takenOn));
            }

            return [.. benefactors.Values.Distinct()];
        }
    }

    // What is gone or in the trash is left out: nobody may read it.
    private Dictionary<long, long> EntityBenefactors(TableKey key)
    {
        var places = new Places(world.Nodes);
        return world.Database.Query(
                "SELECT r.row_id, n.parent_id, a.node_id FROM view_snapshot_rows r JOIN nodes n ON n.id = r.row_id "
                + "LEFT JOIN acls a ON a.node_id = n.id WHERE r.view_id = @0 AND r.snapshot = @1 AND n.parent_id IS NOT NULL",
                row => (Id: row.GetInt64(0), Parent: row.GetInt64(1), HasAcl: !row.IsDBNull(2)), key.Id, key.Version)
            .Where(row => places.Of(row.Parent) is not null)
            .ToDictionary(row => row.Id, row => row.HasAcl ? row.Id : places.Of(row.Parent)!.Benefactor);
    }

    private Dictionary<long, long> KeptBenefactors(TableKey key) => world.Database.Query(
            "SELECT row_id, benefactor FROM view_snapshot_rows WHERE view_id = @0 AND snapshot = @1 AND benefactor IS NOT NULL",
            row => (Id: row.GetInt64(0), Benefactor: row.GetInt64(1)), key.Id, key.Version)
        .ToDictionary(row => row.Id, row => row.Benefactor);

    private IReadOnlyList<IndexRow> Rows(TableKey key, Dictionary<string, int> places, Dictionary<long, long> benefactors) =>
    [
        .. world.Database.Query(
                "SELECT row_id, version, etag, cells FROM view_snapshot_rows WHERE view_id = @0 AND snapshot = @1 ORDER BY row_id",
                row => new IndexRow(row.GetInt64(0), row.GetInt64(1), CellsJson.Read(row.GetFieldValue<byte[]>(3), places))
                {
                    Etag = row.IsDBNull(2) ? null : row.GetString(2),
                },
                key.Id, key.Version)
            .Where(row => benefactors.ContainsKey(row.RowId))
            .Select(row => row with { Benefactor = benefactors[row.RowId] }),
    ];

    private static string Signature(Dictionary<long, long> benefactors)
    {
        var text = string.Join(',', benefactors.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}:{pair.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
