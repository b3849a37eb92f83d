using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.Tables;
using SynapseFs.Server.Tables.Csv;
using SynapseFs.Server.Tables.Writing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Endpoints;

/// <summary>Writing to tables: transactions, their two short forms, snapshots; what a CSV would need; files in cells.</summary>
internal sealed class TableEndpoints(SynapseWorld world, JobEndpoints jobs, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;
    private const string Cell = "/entity/{id}/table/column/{column}/row/{row}/version/{version}";

    public void Add(ServiceRoutes repo)
    {
        var json = TableJson.Default;
        jobs.AddPair(
            repo, "/entity/{id}/table/transaction", Write,
            new JobKind<TableUpdateTransactionRequest, TableUpdateTransactionResponse>(
                TableTypes.TransactionRequest, json.TableUpdateTransactionRequest, json.TableUpdateTransactionResponse,
                (job, request) => Task.FromResult(world.Tables.Transactions.Prepare(job, request))),
            (call, request) => request with { EntityId = call.RouteText("id"), ConcreteType = TableTypes.TransactionRequest });
        AddSingle(repo, "/entity/{id}/table/upload/csv", TableTypes.UploadRequest);
        AddSingle(repo, "/entity/{id}/table/append", TableTypes.AppendRequest);
        jobs.AddPair(
            repo, "/table/upload/csv/preview", Write,
            new JobKind<UploadToTablePreviewRequest, UploadToTablePreviewResult>(
                TableTypes.PreviewRequest, json.UploadToTablePreviewRequest, json.UploadToTablePreviewResult,
                (job, request) => Task.FromResult(Preview(job, request))),
            (_, request) => request with { ConcreteType = TableTypes.PreviewRequest });
        repo.Post("/table/upload/csv/async/start", Write, Gone);
        repo.Get("/table/upload/csv/async/get/{token}", Write, Gone);
        repo.Post("/entity/{id}/table/deleteRows", Write, DeleteRowsAsync);
        repo.Post("/entity/{id}/table/snapshot", Write, SnapshotAsync);
        repo.Post("/entity/{id}/table/filehandles", Scopes.View | Scopes.Download, FileHandlesAsync);
        repo.Get(Cell + "/file", Scopes.View | Scopes.Download, call => Redirects.AnswerAsync(call, urls, CellFile(call)));
        repo.Get(Cell + "/filepreview", Scopes.View | Scopes.Download, call =>
            throw ServiceException.NotFound($"A preview does not exist for file {CellFile(call).Id}"));
    }

    private void AddSingle(ServiceRoutes repo, string path, string type) => jobs.AddPair(
        repo, path, Write,
        new JobKind<TableUpdateRequest, TableUpdateResponse>(
            type, TableJson.Default.TableUpdateRequest, TableJson.Default.TableUpdateResponse,
            (job, request) =>
            {
                var write = world.Tables.Transactions.Prepare(job, TableTransactions.Of(request));
                return Task.FromResult(() => TableTransactions.Single(write()));
            }),
        (call, request) => request with { EntityId = call.RouteText("id"), ConcreteType = type });

    private Func<UploadToTablePreviewResult> Preview(JobContext job, UploadToTablePreviewRequest request)
    {
        using var text = world.Tables.Uploaded.Open(job.Caller, request.UploadFileHandleId);
        var reader = new CsvReader(text, CsvFormat.Of(request.CsvTableDescriptor));
        reader.SkipLines(request.LinesToSkip ?? 0);
        var preview = new UploadPreview(reader, CsvFormat.IsFirstLineHeader(request.CsvTableDescriptor), request.DoFullFileScan == true);
        var result = preview.Build();
        return () => result;
    }

    private static Task Gone(ServiceCall call) =>
        throw new ServiceException(ServiceError.Gone, "Please update your client to use the new API.");

    private async Task DeleteRowsAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(TableJson.Default.RowSelection);
        var deleted = world.Transact(() => world.Tables.DeleteRows(call.Caller, call.EntityId, body));
        await call.JsonAsync(201, deleted, TableJson.Default.RowReferenceSet);
    }

    private async Task SnapshotAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(TableJson.Default.SnapshotRequest);
        var key = TableIds.Parse(call.RouteText("id"));
        var made = world.Transact(() => world.Tables.Snapshot(call.Caller, key, body));
        await call.JsonAsync(201, made, TableJson.Default.SnapshotResponse);
    }

    private async Task FileHandlesAsync(ServiceCall call)
    {
        var body = await call.ReadAsync(TableJson.Default.RowReferenceSet);
        var found = world.Transact(() => world.Tables.Files.Find(call.Caller, call.EntityId, body));
        await call.JsonAsync(200, found, TableJson.Default.TableFileHandleResults);
    }

    private World.Files.FileHandleRow CellFile(ServiceCall call)
    {
        _ = call.Version;
        var row = EntityIds.ParseNumber(call.RouteText("row"), "rowId");
        return world.Transact(() => world.Tables.Files.Require(call.Caller, call.EntityId, call.RouteText("column"), row));
    }
}
