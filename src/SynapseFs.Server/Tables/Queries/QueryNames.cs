namespace SynapseFs.Server.Tables.Queries;

/// <summary>Class names of the records of queries, and words that stand in their fields.</summary>
internal static class QueryNames
{
    public const string Query = Model + "QueryBundleRequest";
    public const string NextPage = Model + "QueryNextPageToken";
    public const string Download = Model + "DownloadFromTableRequest";
    public const string Downloaded = Model + "DownloadFromTableResult";
    public const string Bundle = Model + "QueryResultBundle";
    public const string Result = Model + "QueryResult";
    public const string RowSet = Model + "RowSet";
    public const string FacetValues = Model + "FacetColumnResultValues";
    public const string FacetRange = Model + "FacetColumnResultRange";
    public const string FacetValuesRequest = Model + "FacetColumnValuesRequest";
    public const string FacetRangeRequest = Model + "FacetColumnRangeRequest";
    public const string SingleValueFilter = Model + "ColumnSingleValueQueryFilter";
    public const string FunctionFilter = Model + "ColumnMultiValueFunctionQueryFilter";
    public const string TextFilter = Model + "TextMatchesQueryFilter";

    /// <summary>Stands for null among a facet's values.</summary>
    public const string NullValue = "org.sagebionetworks.UNDEFINED_NULL_NOTSET";

    public const string Enumeration = "enumeration";
    public const string Range = "range";

    private const string Model = "org.sagebionetworks.repo.model.table.";
}
