using System.Text;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Csv;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>Uploaded CSV files and sent row sets, read and checked outside of the world's lock. Source: TableUploadManagerImpl.</summary>
internal sealed class Uploaded(SynapseWorld world, string stageDirectory)
{
    private const long MaxFile = 1L << 30;

    /// <summary>The rows of an uploaded CSV.</summary>
    public RowStage Stage(Caller caller, TableUpdateRequest change, IReadOnlyList<ColumnModel> columns)
    {
        if (change.ColumnIds is { Count: > 0 })
        {
            throw ServiceException.BadRequest("Unsupported columnIds");
        }

        using var text = Open(caller, change.UploadFileHandleId);
        var reader = new CsvReader(text, CsvFormat.Of(change.CsvTableDescriptor));
        var read = new CsvRows(
            reader, columns, CsvFormat.IsFirstLineHeader(change.CsvTableDescriptor), change.LinesToSkip ?? 0);
        return Stage(read.Read(), columns);
    }

    /// <summary>The rows with their cells in normal form.</summary>
    public RowStage Stage(IEnumerable<SparseRow> rows, IReadOnlyList<ColumnModel> columns)
    {
        var stage = new RowStage(stageDirectory);
        try
        {
            var number = 0L;
            foreach (var row in rows)
            {
                stage.Add(RowRules.Normalize(row, columns, number++));
            }

            return stage;
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <summary>The text of an uploaded file of the caller's own.</summary>
    public StreamReader Open(Caller caller, string? fileHandleId)
    {
        var id = EntityIds.ParseNumber(
            fileHandleId ?? throw ServiceException.BadRequest("uploadFileHandleId is required."), "uploadFileHandleId");
        var stream = world.Transact(() =>
        {
            var handle = world.Downloads.RequireOwn(caller, id);
            return handle.Document.ContentSize > MaxFile
                ? throw ServiceException.BadRequest("The provided CSV file exceeds the maximum size of 1 GB.")
                : world.MadeFiles.OpenRead(handle);
        });
        // The byte order mark is the reader's to drop.
        return new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
    }
}
