using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Tables.Csv;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>Query results as CSV files, without any limit of rows. Source: TableCSVDownloadWorker, CSVWriterRowHandler.</summary>
internal sealed class CsvDownloads(SynapseWorld world, ISqlSources sources, TableIndex index, TimeProvider time)
{
    private const string DefaultLineEnd = "\n";

    /// <summary>Writes the file; the last step makes it a file handle of the caller's.</summary>
    public Func<DownloadFromTableResult> Run(JobContext job, DownloadFromTableRequest request) =>
        IndexMoves.Follow(() => Ask(job, request));

    private Func<DownloadFromTableResult> Ask(JobContext job, DownloadFromTableRequest request)
    {
        var format = CsvFormat.Of(request.CsvTableDescriptor);
        var plan = new QueryPlan(sources, job.Caller, time, request);
        if (plan.Source.Columns.Count == 0)
        {
            throw ServiceException.BadRequest($"Table {plan.TableId} has an empty schema");
        }

        var rows = plan.Rows(maxBytes: null, request.IncludeRowIdAndRowVersion ?? true, request.IncludeEntityEtag ?? false);
        var etag = index.Mark(plan.Source.Key)?.Token ?? IndexMark.NoToken;
        var written = world.MadeFiles.Write(stream =>
        {
            using var reader = new IndexReader(index, job.CancellationToken);
            using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            var csv = new CsvWriter(text, format, request.CsvTableDescriptor?.LineEnd ?? DefaultLineEnd);
            if (request.WriteHeader ?? true)
            {
                csv.Write(Leading(rows).Concat(rows.Columns.Select(column => column.Name)));
            }

            reader.Read(rows, (found, cells) =>
            {
                job.CancellationToken.ThrowIfCancellationRequested();
                var lead = Leading(rows).Select((_, i) => CellValues.Text(found.GetValue(i), null));
                csv.Write(lead.Concat(cells));
            });
        });
        var isTabbed = format.Separator == '\t';
        var name = string.IsNullOrWhiteSpace(request.FileName) ? NewName(isTabbed) : request.FileName;
        return () => new DownloadFromTableResult
        {
            ConcreteType = QueryNames.Downloaded,
            ResultsFileHandleId = world.MadeFiles.Add(job.Caller, written, name, isTabbed ? "text/tsv" : "text/csv").Document.Id,
            TableId = plan.TableId,
            Etag = etag,
            Headers = rows.Columns,
        };
    }

    private static IEnumerable<string> Leading(TranslatedQuery query)
    {
        if (query.HasRowIds)
        {
            yield return IndexNames.RowId;
            yield return IndexNames.RowVersion;
        }

        if (query.HasEtag)
        {
            yield return IndexNames.RowEtag;
        }
    }

    private static string NewName(bool isTabbed) =>
        string.Create(CultureInfo.InvariantCulture, $"Job-{RandomNumberGenerator.GetInt32(int.MaxValue)}.{(isTabbed ? "tsv" : "csv")}");
}
