using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Files;

/// <summary>Files that the service itself writes (query results, wiki texts, archives) and reads (uploaded CSV).</summary>
internal sealed class MadeFiles(FileHandles fileHandles, ContentFiles contents)
{
    /// <summary>Writes the bytes to disk, outside of any transaction; <see cref="Add"/> makes them a file handle.</summary>
    public ReceivedPart Write(Action<Stream> write) => contents.Write(write);

    /// <summary>A file handle of the caller's over what was written; within a transaction.</summary>
    public FileHandleRow Add(Caller owner, ReceivedPart written, string fileName, string contentType)
    {
        var key = $"{owner.IdText}/{Guid.NewGuid()}/{fileName}";
        contents.Assemble(key, [written]);
        var document = new FileHandle
        {
            ConcreteType = SynapseTypes.S3FileHandle,
            FileName = fileName,
            ContentType = contentType,
            ContentMd5 = written.Md5,
            ContentSize = written.Size,
            StorageLocationId = StorageLocations.Default,
            BucketName = Uploads.Bucket,
            Key = key,
        };
        return fileHandles.Add(document, owner, key);
    }

    /// <summary>Throws away what was written and is not wanted; within a transaction.</summary>
    public void Drop(ReceivedPart written) => contents.DeletePart(written.File);

    public FileStream OpenRead(FileHandleRow handle) =>
        handle.ObjectKey is { } key && contents.Find(key) is { } stored
            ? contents.OpenRead(stored)
            : throw ServiceException.BadRequest($"The content of the file handle {handle.Id} is not stored in Synapse.");
}
