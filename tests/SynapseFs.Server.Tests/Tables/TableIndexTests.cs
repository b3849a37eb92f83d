using SynapseFs.Api;
using SynapseFs.Server.Tables;
using SynapseFs.Server.Tables.Index;

namespace SynapseFs.Server.Tests.Tables;

public sealed class TableIndexTests
{
    private static readonly TableKey Key = new(5, null);
    private static readonly ColumnModel[] Columns =
    [
        new ColumnModel { Id = "7", Name = "a", ColumnType = "STRING" },
        new ColumnModel { Id = "8", Name = "b", ColumnType = "DOUBLE" },
        new ColumnModel { Id = "9", Name = "c", ColumnType = "ENTITYID_LIST" },
    ];

    private string _directory = null!;
    private string _path = null!;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = Directory.CreateTempSubdirectory("index-tests-").FullName;
        _path = Path.Combine(_directory, "tables.db");
    }

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Rows_stand_by_type_and_follow_changes()
    {
        using var index = TableIndex.Open(_path, "world");
        Fill(index, 1);

        index.Apply(Key, Columns, isView: false, [Row(2, 2, "two"), Row(3, 2, "three")], [1], Mark(2));

        Assert.Multiple(() =>
        {
            Assert.That(Read(index, "SELECT group_concat(ROW_ID || ':' || ROW_VERSION || ':' || _C7_, ' ') FROM T5"), Is.EqualTo("2:2:two 3:2:three"));
            Assert.That(Read(index, "SELECT typeof(_C7_) || typeof(_C8_) || _C9_ FROM T5 WHERE ROW_ID = 2"), Is.EqualTo("textreal[5,6]"));
            Assert.That(index.Mark(Key), Is.EqualTo(Mark(2)));
        });
    }

    [Test]
    public void An_index_is_kept_for_its_world_only()
    {
        using (var first = TableIndex.Open(_path, "world"))
        {
            Fill(first, 1);
        }

        using (var same = TableIndex.Open(_path, "world"))
        {
            Assert.That(same.Mark(Key), Is.EqualTo(Mark(1)));
        }

        using var other = TableIndex.Open(_path, "another world");
        Assert.That(other.Mark(Key), Is.Null);
    }

    [Test]
    public void What_is_no_index_is_replaced()
    {
        File.WriteAllText(_path, new string('x', 5000));

        using var index = TableIndex.Open(_path, "world");
        Fill(index, 1);

        Assert.That(Read(index, "SELECT count(*) FROM T5"), Is.EqualTo("2"));
    }

    [Test]
    public void A_removed_file_is_an_empty_index()
    {
        using var index = TableIndex.Open(_path, "world");
        Fill(index, 1);

        File.Delete(_path);

        Assert.That(index.Mark(Key), Is.Null);
        Fill(index, 2);
        Assert.That(Read(index, "SELECT count(*) FROM T5"), Is.EqualTo("2"));
    }

    [Test]
    public void A_query_under_way_sees_the_table_as_it_was()
    {
        using var index = TableIndex.Open(_path, "world");
        Fill(index, 1);
        using var reader = index.OpenReader();
        using var moment = reader.BeginTransaction(deferred: true);
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT count(*) FROM T5";
        var before = command.ExecuteScalar();

        index.Replace(Key, Columns, isView: false, [], Mark(2));

        Assert.That(command.ExecuteScalar(), Is.EqualTo(before));
        Assert.That(Read(index, "SELECT count(*) FROM T5"), Is.EqualTo("0"));
    }

    private static void Fill(TableIndex index, long number) =>
        index.Replace(Key, Columns, isView: false, [Row(1, number, "one"), Row(2, number, "two")], Mark(number));

    private static IndexRow Row(long id, long version, string text) => new(id, version, [text, "1.5", """["syn5","syn6"]"""]);

    private static IndexMark Mark(long number) => new(number, $"etag {number}", "7,8,9", 0);

    private static string? Read(TableIndex index, string sql)
    {
        using var reader = index.OpenReader();
        using var command = reader.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
