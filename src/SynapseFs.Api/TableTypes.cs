namespace SynapseFs.Api;

/// <summary>Class names of what is written to tables and what comes of it.</summary>
public static class TableTypes
{
    private const string Model = "org.sagebionetworks.repo.model.table.";

    public const string TransactionRequest = Model + "TableUpdateTransactionRequest";
    public const string TransactionResponse = Model + "TableUpdateTransactionResponse";
    public const string SchemaChangeRequest = Model + "TableSchemaChangeRequest";
    public const string SchemaChangeResponse = Model + "TableSchemaChangeResponse";
    public const string UploadRequest = Model + "UploadToTableRequest";
    public const string UploadResult = Model + "UploadToTableResult";
    public const string AppendRequest = Model + "AppendableRowSetRequest";
    public const string AppendResult = Model + "RowReferenceSetResults";
    public const string SearchChangeRequest = Model + "TableSearchChangeRequest";
    public const string SearchChangeResponse = Model + "TableSearchChangeResponse";
    public const string EntityUpdateResults = Model + "EntityUpdateResults";
    public const string RowSet = Model + "RowSet";
    public const string PartialRowSet = Model + "PartialRowSet";
    public const string PreviewRequest = Model + "UploadToTablePreviewRequest";
    public const string PreviewResult = Model + "UploadToTablePreviewResult";
}
