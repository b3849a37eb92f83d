using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Previews;

namespace SynapseFs.Server.World.Files;

/// <summary>Copies of file handles, their previews, and their end. Source: FileHandleManagerImpl.</summary>
internal sealed class FileHandleChanges(
    FileHandles fileHandles, FileHandleUses uses, Downloads downloads, ContentFiles contents, PreviewQueue previews)
{
    private const int MaxBatch = 100;
    private const int MaxText = 256;

    /// <summary>Deletes the handle, its preview, and the bytes that no other handle names. An unknown one is no error.</summary>
    public void Delete(Caller caller, long id)
    {
        if (fileHandles.Get(id) is null)
        {
            return;
        }

        var handle = downloads.RequireOwn(caller, id);
        if (uses.Any(id))
        {
            throw ServiceException.Conflict(
                $"Cannot delete a file handle that has been assigned to an owner object. FileHandle id: {id}");
        }

        var preview = downloads.PreviewOf(handle);
        Remove(handle);
        if (preview is not null && preview.Id != id && fileHandles.ShownBy(preview.Id).Count == 0 && !uses.Any(preview.Id))
        {
            Remove(preview);
        }
    }

    /// <summary>Forgets the preview; another will be made.</summary>
    public void ClearPreview(Caller caller, long id)
    {
        var handle = fileHandles.Get(id) ?? throw Downloads.Unknown(id);
        if (!Downloads.IsOwn(caller, handle))
        {
            throw ServiceException.Forbidden("Only the creator of a FileHandle can clear the preview");
        }

        previews.Want(fileHandles.SetPreview(handle, previewId: null));
    }

    /// <summary>New handles over the same bytes.</summary>
    public BatchFileHandleCopyResult Copy(Caller caller, BatchFileHandleCopyRequest request)
    {
        RequireName(caller);
        var copies = request.CopyRequests ?? throw ServiceException.BadRequest("BatchFileHandleCopyRequest.copyRequests is required.");
        if (copies.Count == 0)
        {
            throw ServiceException.BadRequest("BatchFileHandleCopyRequest.copyRequests is required and must not be empty.");
        }

        if (copies.Count > MaxBatch)
        {
            throw ServiceException.BadRequest($"Request exceeds the maximum number of objects per request: {MaxBatch}");
        }

        if (copies.DistinctBy(copy => copy?.OriginalFile?.FileHandleId).Count() != copies.Count)
        {
            throw ServiceException.BadRequest("Request contains duplicated FileHandleId.");
        }

        return new BatchFileHandleCopyResult { CopyResults = [.. copies.Select(copy => Copy(caller, copy))] };
    }

    /// <summary>The older call: a copy of an own handle under another name or type.</summary>
    public FileHandle CopyOwn(Caller caller, long id, string? fileName, string? contentType)
    {
        RequireName(caller);
        if (fileName is null && contentType is null)
        {
            throw ServiceException.BadRequest("Either the fileName or the contentType needs to be set");
        }

        var name = fileName is null ? null : NameRule.Check(fileName);
        var handle = fileHandles.Get(id) ?? throw Downloads.Unknown(id);
        if (handle.Document.ConcreteType != SynapseTypes.S3FileHandle)
        {
            throw ServiceException.BadRequest(
                $"Expected file handle to copy from to be of type {SynapseTypes.S3FileHandle}, "
                + $"but it was type {handle.Document.ConcreteType} instead");
        }

        return Downloads.IsOwn(caller, handle)
            ? Add(caller, handle, name, contentType)
            : throw ServiceException.Forbidden(
                $"Only the creator of a file handle can create a copy. File handle id={id} is not owned by you");
    }

    private FileHandleCopyResult Copy(Caller caller, FileHandleCopyRequest? request)
    {
        var original = request?.OriginalFile ?? throw ServiceException.BadRequest("FileHandleCopyRequest.originalFile is required.");
        var (handle, failure) = downloads.Find(caller, original);
        return handle is null
            ? new FileHandleCopyResult { OriginalFileHandleId = original.FileHandleId, FailureCode = failure }
            : new FileHandleCopyResult
            {
                OriginalFileHandleId = original.FileHandleId,
                NewFileHandle = Add(caller, handle, request.NewFileName, request.NewContentType),
            };
    }

    private FileHandle Add(Caller caller, FileHandleRow handle, string? fileName, string? contentType)
    {
        var document = handle.Document with
        {
            FileName = NameRule.CheckLength(fileName, MaxText, "newFileName") ?? handle.Document.FileName,
            ContentType = NameRule.CheckLength(contentType, MaxText, "newContentType") ?? handle.Document.ContentType,
            PreviewId = null,
        };
        var copy = fileHandles.Add(document, caller, handle.ObjectKey);
        previews.Want(copy);
        return copy.Document;
    }

    private void Remove(FileHandleRow handle)
    {
        foreach (var shown in fileHandles.ShownBy(handle.Id))
        {
            fileHandles.SetPreview(shown, previewId: null);
        }

        fileHandles.Delete(handle.Id);
        if (handle.ObjectKey is { } key && !fileHandles.UsesObject(key) && contents.Find(key) is { } stored)
        {
            contents.Delete(stored);
        }
    }

    private static void RequireName(Caller caller)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot copy files.");
        }
    }
}
