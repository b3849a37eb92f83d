using System.Text;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Csv;
using SynapseFs.Server.Tables.Queries;
using SynapseFs.Server.Tables.Sql;

namespace SynapseFs.Server.Tests.Tables;

internal sealed class CombinedQueryTests
{
    private const string Model = "org.sagebionetworks.repo.model.table.";

    private static readonly ColumnModel[] Columns =
    [
        new() { Id = "1", Name = "a", ColumnType = "STRING", MaximumSize = 50, FacetType = "enumeration" },
        new() { Id = "2", Name = "b", ColumnType = "INTEGER", FacetType = "range" },
        new()
        {
            Id = "3", Name = "j", ColumnType = "JSON",
            JsonSubColumns = [new() { Name = "n", ColumnType = "INTEGER", JsonPath = "$.n", FacetType = "enumeration" }],
        },
    ];

    [TestCase(null, null, 5L, null, 5L, null)]
    [TestCase(10L, 2L, null, null, 10L, 2L)]
    [TestCase(10L, 2L, 3L, 4L, 4L, 5L)]
    [TestCase(10L, null, 8L, 50L, 2L, 8L)]
    [TestCase(10L, null, 11L, null, 0L, 11L)]
    [TestCase(10L, 1L, null, 3L, 3L, 1L)]
    public void A_page_is_taken_within_a_page(long? limit, long? offset, long? skip, long? most, long? limited, long? start)
    {
        var own = limit is { } number ? new Pagination(number, offset) : null;

        var page = CombinedQuery.Page(own, own is null ? null : skip, own is null ? skip : most)!;

        Assert.That((page.Limit, page.Offset ?? 0), Is.EqualTo((limited!.Value, start ?? 0)));
    }

    [Test]
    public void A_negative_page_is_refused()
    {
        Assert.That(() => CombinedQuery.Page(null, -1, null), Throws.TypeOf<ServiceException>());
    }

    [TestCase("a", "SELECT * FROM syn1 ORDER BY \"a\" ASC, b DESC")]
    [TestCase("b", "SELECT * FROM syn1 ORDER BY \"b\" ASC")]
    [TestCase("count(*)", "SELECT * FROM syn1 ORDER BY COUNT(*) ASC, b DESC")]
    [TestCase("a \"b\"; drop", "SELECT * FROM syn1 ORDER BY \"a \"\"b\"\"; drop\" ASC, b DESC")]
    public void A_sort_item_goes_before_the_SQLs_order(string column, string sql)
    {
        var query = Combine(new TableQuery { Sql = "select * from syn1 order by b desc", Sort = [new SortItem { Column = column }] });

        Assert.That(query, Is.EqualTo(sql));
    }

    [Test]
    public void Filters_and_facets_are_joined_by_and()
    {
        var query = Combine(new TableQuery
        {
            Sql = "select a from syn1 where b = 1 or b = 2",
            AdditionalFilters =
            [
                new() { ConcreteType = Model + "ColumnSingleValueQueryFilter", ColumnName = "a", Operator = "IN", Values = ["it's", "y"] },
                new() { ConcreteType = Model + "TextMatchesQueryFilter", SearchExpression = "w" },
            ],
            SelectedFacets =
            [
                new() { ConcreteType = Model + "FacetColumnRangeRequest", ColumnName = "b", Min = "3" },
                new() { ConcreteType = Model + "FacetColumnValuesRequest", ColumnName = "j", JsonPath = "$.n", FacetValues = ["4"] },
            ],
        });

        Assert.That(
            query,
            Is.EqualTo(
                "SELECT a FROM syn1 WHERE ( ( b = 1 OR b = 2 ) AND ( ( \"a\" IN ( 'it''s', 'y' ) ) AND ( TEXT_MATCHES('w') ) ) ) AND "
                + "( ( \"b\" >= '3' ) AND ( JSON_EXTRACT(\"j\",'$.n') IN ( 4 ) ) )"));
    }

    [Test]
    public void A_defining_filter_goes_into_the_defining_condition()
    {
        var query = Combine(new TableQuery
        {
            Sql = "select a from syn1",
            AdditionalFilters =
            [
                new()
                {
                    ConcreteType = Model + "ColumnSingleValueQueryFilter", ColumnName = "z", Operator = "EQUAL", Values = ["1"],
                    IsDefiningCondition = true,
                },
            ],
        });

        Assert.That(query, Is.EqualTo("SELECT a FROM syn1 DEFINING_WHERE ( \"z\" = '1' )"));
    }

    [TestCase("ColumnSingleValueQueryFilter", "a", "BETWEEN", "Unexpected operator: BETWEEN")]
    [TestCase("ColumnSingleValueQueryFilter", "a", null, "ColumnSingleValueQueryFilter.operator is required.")]
    [TestCase("ColumnSingleValueQueryFilter", "", "LIKE", "ColumnSingleValueQueryFilter.columnName is required.")]
    [TestCase("ColumnMultiValueFunctionQueryFilter", "a", "LIKE", "ColumnMultiValueFunctionQueryFilter.function is required.")]
    [TestCase("Odd", "a", "LIKE", "Unknown QueryFilter type")]
    public void A_broken_filter_is_refused(string type, string column, string? word, string reason)
    {
        var filter = new QueryFilter { ConcreteType = Model + type, ColumnName = column, Operator = word, Values = ["x"] };

        Assert.That(
            () => Combine(new TableQuery { Sql = "select a from syn1", AdditionalFilters = [filter] }),
            Throws.TypeOf<ServiceException>().With.Message.EqualTo(reason));
    }

    [Test]
    public void A_selection_of_no_column_or_twice_of_one_is_refused()
    {
        var request = new FacetRequest { ConcreteType = Model + "FacetColumnValuesRequest", ColumnName = "a", FacetValues = ["x"] };

        Assert.That(
            () => Combine(new TableQuery { Sql = "select a from syn1", SelectedFacets = [request with { ColumnName = "zz" }] }),
            Throws.TypeOf<ServiceException>().With.Message.EqualTo("Facet selection: 'zz' does not match any column name of the schema"));
        Assert.That(
            () => Combine(new TableQuery { Sql = "select a from syn1", SelectedFacets = [request, request] }),
            Throws.TypeOf<ServiceException>().With.Message.Contains("duplicate column name"));
        Assert.That(
            () => Combine(new TableQuery { Sql = "select a from syn1", SelectedFacets = [request with { ColumnName = "b" }] }),
            Throws.TypeOf<ServiceException>().With.Message.EqualTo("facetColumnRequest was not an instance of FacetColumnRangeRequest"));
    }

    [Test]
    public void A_token_holds_all_but_the_additional_filters()
    {
        var query = new TableQuery
        {
            Sql = "select a from syn1",
            Limit = 7,
            AdditionalFilters = [new QueryFilter()],
            Sort = [new SortItem { Column = "a" }],
        };

        var read = PageTokens.Read(PageTokens.Write(query, 12, "syn1").Token);

        Assert.That((read.Sql, read.Limit, read.Offset, read.AdditionalFilters), Is.EqualTo((query.Sql, 7L, 12L, (object?)null)));
        Assert.That(read.Sort![0].Column, Is.EqualTo("a"));
    }

    [Test]
    public void CSV_quotes_all_but_null_and_doubles_quotes_and_escapes()
    {
        using var text = new StringWriter(new StringBuilder());
        var csv = new CsvWriter(text, CsvFormat.Of(null), "\n");

        csv.Write(["a\"b", null, "", "c\\d", "e,f\ng"]);

        Assert.That(text.ToString(), Is.EqualTo("\"a\"\"b\",,\"\",\"c\\\\d\",\"e,f\ng\"\n"));
    }

    private static string Combine(TableQuery query) => SqlText.Of(CombinedQuery.Of(SynapseSql.ParseQuery(query.Sql!), query, Columns));
}
