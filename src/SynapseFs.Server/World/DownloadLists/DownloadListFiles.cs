using System.IO.Compression;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>Files made of a download list: the manifest, and packages. Source: DownloadListManagerImpl.</summary>
internal sealed class DownloadListFiles(Database database, DownloadListTable table, DownloadListQueries queries, MadeFiles madeFiles)
{
    private const string Model = "org.sagebionetworks.repo.model.download.";

    /// <summary>The contents of one package; what does not fit stays on the list.</summary>
    private const long MaxPackage = 1L << 30;

    /// <summary>Does not change the list.</summary>
    public Func<DownloadListFileResponse> Manifest(JobContext job, DownloadListManifestRequest request)
    {
        DownloadList.RequireUser(job.Caller);
        var csv = new ManifestCsv(request.CsvTableDescriptor);
        var files = database.Transact(() => queries.Available(job.Caller));
        RequireAny(files);
        var named = DownloadListOrder.Sort(files, [new DownloadListSort { Field = "fileName" }]).ToList();
        var written = madeFiles.Write(stream => csv.Write(stream, named));
        return () => new DownloadListFileResponse
        {
            ConcreteType = Model + "DownloadListManifestResponse",
            ResultFileHandleId = madeFiles.Add(job.Caller, written, csv.FileName, csv.ContentType).Document.Id,
        };
    }

    /// <summary>Small files first, in a flat zip; what was packed leaves the list.</summary>
    public Func<DownloadListFileResponse> Package(JobContext job, DownloadListPackageRequest request)
    {
        DownloadList.RequireUser(job.Caller);
        var name = request.ZipFileName is { } asked ? NameRule.Check(asked) : $"Job{Guid.NewGuid():N}.zip";
        var csv = request.IncludeManifest == true ? new ManifestCsv(request.CsvTableDescriptor) : null;
        var eligible = database.Transact(() => queries.Available(job.Caller)).Where(file => file.IsEligible);
        var packed = FitIn(DownloadListOrder.Sort(eligible, [new DownloadListSort { Field = "fileSize" }]));
        if (csv is not null)
        {
            RequireAny(packed);
        }
        else if (packed.Count == 0)
        {
            throw ServiceException.BadRequest("No files are eligible for packaging.");
        }

        var written = madeFiles.Write(stream => Pack(job, stream, packed, csv));
        return () =>
        {
            table.Remove(job.Caller, packed.Select(file => file.File));
            return new DownloadListFileResponse
            {
                ConcreteType = Model + "DownloadListPackageResponse",
                ResultFileHandleId = madeFiles.Add(job.Caller, written, name, "application/zip").Document.Id,
            };
        };
    }

    private static List<AvailableFile> FitIn(IEnumerable<AvailableFile> files)
    {
        var taken = new List<AvailableFile>();
        var handles = new HashSet<long>();
        var size = 0L;
        foreach (var file in files)
        {
            var more = handles.Contains(file.Handle.Id) ? 0 : file.Size;
            if (size + more > MaxPackage)
            {
                break;
            }

            size += more;
            handles.Add(file.Handle.Id);
            taken.Add(file);
        }

        return taken;
    }

    private void Pack(JobContext job, Stream stream, List<AvailableFile> files, ManifestCsv? csv)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var names = new ZipNames("Flat");
        var done = 0;
        foreach (var file in files.DistinctBy(file => file.Handle.Id))
        {
            job.CancellationToken.ThrowIfCancellationRequested();
            using var source = madeFiles.OpenRead(file.Handle);
            using var entry = zip.CreateEntry(names.Of(file.Handle.Document.FileName, file.Handle.Id), CompressionLevel.Fastest).Open();
            source.CopyTo(entry, 1 << 18);
            job.Report($"Processing FileHandleId :{file.Handle.Id}", ++done, files.Count);
        }

        if (csv is not null)
        {
            using var entry = zip.CreateEntry(names.Of(csv.FileName, 0), CompressionLevel.Fastest).Open();
            csv.Write(entry, files);
        }
    }

    private static void RequireAny(IReadOnlyList<AvailableFile> files)
    {
        if (files.Count == 0)
        {
            throw ServiceException.BadRequest("No files available for download.");
        }
    }
}
