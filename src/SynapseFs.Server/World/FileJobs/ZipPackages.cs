using System.IO.Compression;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.FileJobs;

/// <summary>
/// Many files in one zip, written straight to disk outside of any transaction; what cannot be packed is told file by file. Source:
/// FileHandlePackageManagerImpl.
/// </summary>
internal sealed class ZipPackages(Database database, Downloads downloads, MadeFiles madeFiles)
{
    /// <summary>Of one file as of what is written already.</summary>
    private const long MaxBytes = 1L << 30;

    public JobKind<BulkFileDownloadRequest, BulkFileDownloadResponse> Job => new(
        BulkFileDownloadRequest.Type, FileJobJson.Default.BulkFileDownloadRequest, FileJobJson.Default.BulkFileDownloadResponse,
        (job, request) => Task.FromResult(Build(job, request)));

    /// <summary>Writes the zip; the step that is returned makes it a file handle of the caller's.</summary>
    public Func<BulkFileDownloadResponse> Build(JobContext job, BulkFileDownloadRequest request)
    {
        var zipName = request.ZipFileName is { } name ? NameRule.Check(name) : $"Job{Guid.NewGuid():N}.zip";
        var files = request.RequestedFiles is { Count: > 0 } asked
            ? asked
            : throw ServiceException.BadRequest("requestedFiles is required and must not be empty.");
        var names = new ZipNames(request.ZipFileFormat);
        List<FileDownloadSummary> summaries = [];
        var written = madeFiles.Write(stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var packed = new HashSet<long>();
            foreach (var file in files)
            {
                job.CancellationToken.ThrowIfCancellationRequested();
                summaries.Add(Pack(job.Caller, file, zip, stream, packed, names));
                job.Report($"Processing FileHandleId :{file?.FileHandleId}", summaries.Count, files.Count);
            }
        });
        return () => new BulkFileDownloadResponse
        {
            ConcreteType = BulkFileDownloadResponse.Type,
            UserId = job.Caller.IdText,
            ResultZipFileHandleId = Keep(job.Caller, written, zipName, summaries),
            FileSummary = summaries,
        };
    }

    // Nothing packed: no handle, and the empty zip goes.
    private string? Keep(Caller caller, ReceivedPart written, string zipName, List<FileDownloadSummary> summaries)
    {
        if (summaries.Exists(summary => summary.FailureCode is null))
        {
            return madeFiles.Add(caller, written, zipName, "application/zip").Document.Id;
        }

        madeFiles.Drop(written);
        return null;
    }

    private FileDownloadSummary Pack(
        Caller caller, FileHandleAssociation? file, ZipArchive zip, Stream stream, HashSet<long> packed, ZipNames names)
    {
        var association = file ?? throw ServiceException.BadRequest("FileHandleAssociation is required.");
        var summary = new FileDownloadSummary
        {
            FileHandleId = association.FileHandleId,
            AssociateObjectId = association.AssociateObjectId,
            AssociateObjectType = association.AssociateObjectType,
        };
        var (handle, refusal) = database.Transact(() => downloads.Find(caller, association));
        if (Refusal(association, handle, refusal, packed, stream.Position) is var (code, message))
        {
            return summary with { Status = "FAILURE", FailureCode = code, FailureMessage = message };
        }

        try
        {
            using var source = madeFiles.OpenRead(handle!);
            var name = names.Of(handle!.Document.FileName, handle.Id);
            using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            source.CopyTo(entry, 1 << 18);
            packed.Add(handle.Id);
            return summary with { Status = "SUCCESS", ZipEntryName = name };
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or ServiceException)
        {
            return summary with { Status = "FAILURE", FailureCode = "UNKNOWN_ERROR", FailureMessage = "The specified key does not exist." };
        }
    }

    private static (string Code, string Message)? Refusal(
        FileHandleAssociation asked, FileHandleRow? handle, string? refusal, HashSet<long> packed, long written)
    {
        if (handle is null)
        {
            return refusal == Downloads.NotFound
                ? (Downloads.NotFound, $"FileHandle: '{asked.FileHandleId}' cannot be found")
                : (Downloads.Unauthorized, $"You are not authorized to download the file handle {asked.FileHandleId}.");
        }

        if (packed.Contains(handle.Id))
        {
            return ("DUPLICATE", "File already added.");
        }

        if (written > MaxBytes)
        {
            return ("EXCEEDS_SIZE_LIMIT", "Result file has reached the maximum size.");
        }

        if (handle.Document.ConcreteType != SynapseTypes.S3FileHandle)
        {
            return ("UNKNOWN_ERROR", "Only S3FileHandles can be downloaded.");
        }

        return handle.Document.ContentSize > MaxBytes ? ("EXCEEDS_SIZE_LIMIT", "File exceeds the maximum size limit.") : null;
    }
}
