using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Files;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Sending;

/// <summary>
/// Brings local bytes to where the files of a project or folder are stored: by a copy of a file handle over the same bytes where
/// there is one, else by an upload, which goes on where an earlier one stopped. Failures of the service are
/// <see cref="SynapseException"/>.
/// </summary>
internal sealed class ContentSender(SynapseClient client, UploadPlaces places)
{
    /// <summary>Copies tried at most: each that fails costs a call.</summary>
    private const int MostCopies = 3;

    private static readonly UploadDestination SynapseStorage = new() { ConcreteType = SynapseTypes.S3UploadDestination };

    /// <param name="parentId">The project or folder whose storage it goes to; null: to Synapse's own.</param>
    /// <returns>The caller's own file handle over exactly these bytes, with all that is known about it.</returns>
    /// <exception cref="FsException">InputOutput: the local file is not what it was said to be.</exception>
    public async Task<FileHandle> SendAsync(
        LocalContent content, string name, string? parentId, Urgency urgency, CancellationToken cancellationToken)
    {
        var place = SynapseStorage;
        if (parentId is not null)
            place = await places.GetAsync(parentId, UploadPlaces.Belief, urgency, cancellationToken);
        foreach (var copy in content.Copies.Where(copy => copy.Content.Md5 == content.Md5).Take(MostCopies))
        {
            if (await TryCopyAsync(copy, content, name, place, urgency, cancellationToken) is { } copied)
            {
                content.Progress?.Report(content.Length);
                return copied;
            }
        }
        if (content.Completing is { } completing)
            await completing(cancellationToken);
        RequireLocal(content);
        var description = new UploadDescription(name, ContentTypes.Of(name), place.StorageLocationId);
        var made = await client.Uploads.UploadToAsync(
            place, content.Path, content.Md5, description, urgency.ToPriority(), content.Progress, cancellationToken);
        return HandleOf(content, name, made.Id!);
    }

    /// <summary>What is known of a file handle that was made for a content.</summary>
    public static FileHandle HandleOf(LocalContent content, string name, string id) => new()
    {
        Id = id,
        FileName = name,
        ContentMd5 = content.Md5,
        ContentSize = content.Length,
        ContentType = ContentTypes.Of(name),
    };

    // Null: it cannot be had that way.
    private async Task<FileHandle?> TryCopyAsync(
        KnownCopy copy, LocalContent content, string name, UploadDestination place, Urgency urgency, CancellationToken cancellationToken)
    {
        if (FileAssociations.Of(copy.RemoteId, copy.Content.Id) is not { } original)
            return null;
        try
        {
            var made = await client.FileHandles.CopyAsync(
                original, name, ContentTypes.Of(name), urgency.ToPriority(), cancellationToken);
            return IsWanted(made, content, place) ? made : null;
        }
        catch (SynapseException exception) when (
            exception.Failure is SynapseFailure.NotFound or SynapseFailure.Forbidden or SynapseFailure.BadRequest)
        {
            return null;
        }
    }

    // A copy lies where its original does, and a mere address of bytes elsewhere is not what an upload would have made.
    private static bool IsWanted(FileHandle made, LocalContent content, UploadDestination place) =>
        IsOfPlace(made, place)
        && Md5Text.Normalize(made.ContentMd5) == content.Md5
        && made.ContentSize == content.Length
        && LocationOf(made.StorageLocationId) == LocationOf(place.StorageLocationId);

    private static bool IsOfPlace(FileHandle made, UploadDestination place) => place.ConcreteType switch
    {
        SynapseTypes.ExternalUploadDestination => made.ConcreteType is SynapseTypes.ExternalFileHandle,
        SynapseTypes.ExternalObjectStoreUploadDestination => made.ConcreteType is SynapseTypes.ExternalObjectStoreFileHandle,
        _ => made.ConcreteType is SynapseTypes.S3FileHandle or SynapseTypes.GoogleCloudFileHandle,
    };

    // Synapse's own storage often goes without its number.
    private static long LocationOf(long? location) => location ?? 1;

    private static void RequireLocal(LocalContent content)
    {
        var file = new FileInfo(content.Path);
        if (!file.Exists || file.Length != content.Length)
            throw new FsException(
                FsError.InputOutput, $"The bytes to be sent are not there: {file.Name} has not the {content.Length} bytes it had.");
    }
}
