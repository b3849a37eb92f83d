using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Entities.Views;

namespace SynapseFs.Entities.Tests.Views;

internal sealed class ViewRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase("""{"scopeIds": ["syn5", "7"], "viewTypeMask": 9}""", 9, ExpectedResult = "syn5 syn7")]
    [TestCase("""{"scopeIds": ["syn5"], "type": "file"}""", 1, ExpectedResult = "syn5")]
    [TestCase("""{"scopeIds": ["syn5"], "type": "file_and_table"}""", 5, ExpectedResult = "syn5")]
    [TestCase("""{"type": "project"}""", 0, ExpectedResult = "")]
    public string A_view_says_what_it_covers_and_shows(string fields, long mask)
    {
        var view = FileView.Of(Entity(fields), [])!;

        Assert.That(view.Mask, Is.EqualTo(mask));
        return string.Join(' ', view.Scope);
    }

    [Test]
    public void What_is_no_view_of_entities_is_none() =>
        Assert.That(FileView.Of(new Entity { ConcreteType = SynapseTypes.Table, Id = "syn1" }, []), Is.Null);

    [Test]
    public void Columns_that_are_missing_are_named()
    {
        var view = FileView.Of(Entity("{}"), [Column("id", "ENTITYID"), Column("benefactorId", "ENTITYID"), Column("species", "STRING")])!;

        Assert.That(view.MissingColumns, Is.EqualTo(new[] { "modifiedOn", "dataFileHandleId", "dataFileSizeBytes", "dataFileMD5Hex" }));
        Assert.That(view.AnnotationColumns.Select(column => column.Name), Is.EqualTo(new[] { "species" }));
    }

    [TestCase("STRING", "STRING", ExpectedResult = true)]
    [TestCase("STRING", "STRING_LIST", ExpectedResult = false)]
    [TestCase("STRING", "INTEGER", ExpectedResult = false)]
    [TestCase("DOUBLE", "DOUBLE", ExpectedResult = false)]
    [TestCase("STRING", "STRING INTEGER", ExpectedResult = false)]
    [TestCase("INTEGER_LIST", "INTEGER_LIST", ExpectedResult = true)]
    [TestCase("STRING", "", ExpectedResult = false)]
    public bool A_column_tells_an_annotation_only_if_all_have_it_in_its_type(string column, string suggested) =>
        AnnotationColumns.Faithful(
            [Column("key", column)], [.. suggested.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(type => Column("key", type))]).Count == 1;

    [Test]
    public void A_row_without_what_is_needed_tells_nothing()
    {
        string?[] header = ["ROW_ID", "ROW_VERSION", "modifiedOn", "benefactorId", "dataFileHandleId", "dataFileSizeBytes", "dataFileMD5Hex", "tags"];
        var reader = new ViewRowReader(header, [Column("tags", "STRING_LIST")]);

        var row = reader.Read(["55", "2", "1700000000123", "syn1", "77", "1234", "abc", "[\"x\",\"y\"]"])!;

        Assert.That((row.Id, EntityRevision.Of(row.Entity), row.FileHandle.ContentSize), Is.EqualTo(("syn55", "2@1700000000123", 1234L)));
        Assert.That(row.Annotations.Values!["tags"].Value, Is.EqualTo(new[] { "x", "y" }));
        Assert.That(reader.Read(["55", "2", "1700000000123", "syn1", "77", null, "abc", null]), Is.Null);
        Assert.That(reader.Read(["55", "2", "1700000000123", null, "77", "1", "abc", null]), Is.Null);
    }

    [Test]
    public void Changes_are_read_from_some_time_before_the_newest_until_a_day_has_passed()
    {
        var view = FileView.Of(Entity("{}"), [])!;
        var mark = new ViewMark("etag", Now.AddHours(-23), Now.AddHours(-1));

        Assert.That(ViewMark.Parse(mark.ToString()), Is.EqualTo(mark));
        Assert.That(ViewMark.Since(mark, view, Now), Is.EqualTo(Now.AddMinutes(-75)));
        Assert.That(ViewMark.Since(mark with { ReadOn = Now.AddHours(-25) }, view, Now), Is.Null);
        Assert.That(ViewMark.Since(mark with { Etag = "other" }, view, Now), Is.Null);
        Assert.That(ViewMark.Since(ViewMark.Parse("nonsense"), view, Now), Is.Null);
    }

    [Test]
    public void Names_of_columns_are_quoted() => Assert.That(
        ViewSql.Files("syn1", ["id", "a \"b\""], DateTimeOffset.FromUnixTimeMilliseconds(5)),
        Is.EqualTo("SELECT \"id\", \"a \"\"b\"\"\" FROM syn1 WHERE dataFileHandleId IS NOT NULL AND modifiedOn >= 5"));

    private static ColumnModel Column(string name, string type) => new() { Id = "1", Name = name, ColumnType = type };

    private static Entity Entity(string fields) => new()
    {
        ConcreteType = SynapseTypes.EntityView,
        Id = "syn1",
        Name = "view",
        Etag = "etag",
        Other = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields),
    };
}
