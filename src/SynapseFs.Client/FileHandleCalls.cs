using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>File handles themselves. All throw <see cref="SynapseException"/>.</summary>
public sealed class FileHandleCalls
{
    private readonly ApiTransport _transport;

    internal FileHandleCalls(ApiTransport transport) => _transport = transport;

    /// <summary>
    /// A new file handle, the caller's own, over bytes that Synapse holds already; it lies in the same storage location. A second
    /// one, after a lost answer, does no harm.
    /// </summary>
    /// <param name="original">The file handle and the entity through which the caller may download it.</param>
    /// <param name="fileName">The copy's file name; null: the original's.</param>
    /// <param name="contentType">The copy's content type; null: the original's.</param>
    /// <exception cref="SynapseException">NotFound and Forbidden also where only the answer's failure code says so.</exception>
    public async Task<FileHandle> CopyAsync(
        FileHandleAssociation original, string? fileName, string? contentType, RequestPriority priority,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(original);
        var wanted = new FileHandleCopyRequest { OriginalFile = original, NewFileName = fileName, NewContentType = contentType };
        var call = new ApiCall(HttpMethod.Post, SynapseService.File, "/filehandles/copy", "/filehandles/copy", priority)
            .With(new BatchFileHandleCopyRequest { CopyRequests = [wanted] }, ApiJson.Default.BatchFileHandleCopyRequest);
        var answer = await _transport.SendAsync(call, ApiJson.Default.BatchFileHandleCopyResult, cancellationToken);
        var result = answer.CopyResults is [var only] ? only : null;
        return result?.NewFileHandle is { Id: not null } made ? made : throw Refused(original, result?.FailureCode);
    }

    /// <summary>
    /// A new file handle over bytes that were put outside Synapse. A second one, after a lost answer, does no harm.
    /// </summary>
    /// <param name="handle">Of a concrete type, with all that Synapse asks for that type.</param>
    public Task<FileHandle> RegisterAsync(FileHandle handle, RequestPriority priority, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Post, SynapseService.File, "/externalFileHandle", "/externalFileHandle", priority)
            .With(handle, ApiJson.Default.FileHandle);
        return _transport.SendAsync(call, ApiJson.Default.FileHandle, cancellationToken);
    }

    private static SynapseException Refused(FileHandleAssociation original, string? code)
    {
        var what = $"file handle {original.FileHandleId} of {original.AssociateObjectId}";
        return code switch
        {
            "NOT_FOUND" => new(SynapseFailure.NotFound, $"There is no {what} to copy."),
            "UNAUTHORIZED" => new(SynapseFailure.Forbidden, $"The {what} may not be downloaded, so it may not be copied."),
            _ => new(SynapseFailure.Unexpected, $"Synapse did not copy {what}: {code ?? "without a reason"}."),
        };
    }
}
