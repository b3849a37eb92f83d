using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Files;

/// <summary>File handles made without an upload, and their end.</summary>
internal sealed class FileHandleChanges(FileHandles fileHandles, Versions versions, Downloads downloads, ContentFiles contents)
{
    private const int MaxBatch = 100;
    private const string NotSet = "NOT_SET";

    public void Delete(Caller caller, long id)
    {
        if (fileHandles.Get(id) is null)
        {
            return;
        }

        var handle = downloads.RequireOwn(caller, id);
        if (versions.IsReferenced(id, nodeId: null))
        {
            throw ServiceException.Conflict(
                $"Cannot delete a file handle that has been assigned to an owner object. FileHandle id: {id}");
        }

        fileHandles.Delete(id);
        if (handle.ObjectKey is { } key && !fileHandles.UsesObject(key) && contents.Find(key) is { } stored)
        {
            contents.Delete(stored);
        }
    }

    /// <summary>New handles over the same bytes.</summary>
    public BatchFileHandleCopyResult Copy(Caller caller, BatchFileHandleCopyRequest request)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot copy files.");
        }

        if (request.CopyRequests is not { Count: > 0 and <= MaxBatch } copies)
        {
            throw ServiceException.BadRequest($"copyRequests must hold between 1 and {MaxBatch} requests");
        }

        if (copies.DistinctBy(copy => copy.OriginalFile?.FileHandleId).Count() != copies.Count)
        {
            throw ServiceException.BadRequest("Request contains duplicated FileHandleId.");
        }

        return new BatchFileHandleCopyResult { CopyResults = [.. copies.Select(copy => Copy(caller, copy))] };
    }

    public FileHandle AddExternal(Caller caller, FileHandle body)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot upload files.");
        }

        if (body.ConcreteType != SynapseTypes.ExternalFileHandle)
        {
            throw ServiceException.BadRequest($"Unexpected file handle type: {body.ConcreteType}");
        }

        if (!Uri.TryCreate(body.ExternalURL, UriKind.Absolute, out _))
        {
            throw ServiceException.BadRequest($"The ExternalURL is malformed: {body.ExternalURL}");
        }

        var document = new FileHandle
        {
            ConcreteType = body.ConcreteType,
            ExternalURL = body.ExternalURL,
            FileName = NameRule.CheckLength(body.FileName, 256, "fileName") ?? NotSet,
            ContentType = NameRule.CheckLength(body.ContentType, 256, "contentType") ?? NotSet,
            ContentMd5 = body.ContentMd5,
            ContentSize = body.ContentSize,
            StorageLocationId = body.StorageLocationId,
        };
        return fileHandles.Add(document, caller, objectKey: null).Document;
    }

    private FileHandleCopyResult Copy(Caller caller, FileHandleCopyRequest request)
    {
        var original = request.OriginalFile ?? throw ServiceException.BadRequest("FileHandleCopyRequest.originalFile is required");
        var (handle, failure) = downloads.Find(caller, original);
        if (handle is null)
        {
            return new FileHandleCopyResult { OriginalFileHandleId = original.FileHandleId, FailureCode = failure };
        }

        var document = handle.Document with
        {
            FileName = request.NewFileName ?? handle.Document.FileName,
            ContentType = request.NewContentType ?? handle.Document.ContentType,
            PreviewId = null,
        };
        return new FileHandleCopyResult
        {
            OriginalFileHandleId = original.FileHandleId,
            NewFileHandle = fileHandles.Add(document, caller, handle.ObjectKey).Document,
        };
    }
}
