using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.FileJobs;

/// <summary>Fetches archived contents back. Nothing is ever archived here: there is nothing to do but to say so.</summary>
internal sealed class Restores(FileHandles fileHandles)
{
    private const int MaxBatch = 1000;
    private const string Available =
        "The file handle is already AVAILABLE. For files in the synapse bucket it might take a few hours before the file can be "
        + "downloaded.";

    public JobKind<FileHandleRestoreRequest, FileHandleRestoreResponse> Job => new(
        FileHandleRestoreRequest.Type, FileJobJson.Default.FileHandleRestoreRequest, FileJobJson.Default.FileHandleRestoreResponse,
        (job, request) => Task.FromResult(Restore(job.Caller, request)));

    private Func<FileHandleRestoreResponse> Restore(Caller caller, FileHandleRestoreRequest request)
    {
        var ids = request.FileHandleIds is { Count: > 0 } asked
            ? asked
            : throw ServiceException.BadRequest("The fileHandleIds list is required and must not be empty.");
        if (ids.Count > MaxBatch)
        {
            throw ServiceException.BadRequest(
                $"The number of file handles exceed the maximum allowed (Was: {ids.Count}, Max:{MaxBatch}).");
        }

        return () => new FileHandleRestoreResponse
        {
            ConcreteType = FileHandleRestoreResponse.Type,
            RestoreResults = [.. ids.Select(id => Restore(caller, id))],
        };
    }

    private FileHandleRestoreResult Restore(Caller caller, string? id)
    {
        var result = new FileHandleRestoreResult { FileHandleId = id };
        var isNumber = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || fileHandles.Get(number) is not { } handle)
        {
            return result with { Status = "NOT_FOUND", StatusMessage = $"FileHandle: '{id}' cannot be found" };
        }

        return Downloads.IsOwn(caller, handle)
            ? result with { Status = "NO_ACTION", StatusMessage = Available }
            : result with { Status = "UNAUTHORIZED", StatusMessage = Downloads.NotOwn(caller, number) };
    }
}
