using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client.Elsewhere;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>Words of POST /fileHandle/batch: its request, and what its answer means.</summary>
internal static class LeaseBatch
{
    // What was registered does not run out; asked for again now and then, as the permission to have it may.
    private static readonly TimeSpan Registered = TimeSpan.FromMinutes(5);

    public static byte[] Write(IReadOnlyList<FileHandleAssociation> associations) => JsonSerializer.SerializeToUtf8Bytes(
        // The handle comes along to tell apart the kinds whose "address" is none for us.
        new BatchFileRequest
        {
            RequestedFiles = associations,
            IncludeFileHandles = true,
            IncludePreSignedURLs = true,
            IncludePreviewPreSignedURLs = false
        },
        ApiJson.Default.BatchFileRequest);

    /// <summary>One result for each file asked for, in that order.</summary>
    public static IReadOnlyList<LeaseResult> Read(ApiCall call, ApiAnswer answer, int asked)
    {
        try
        {
            var files = JsonSerializer.Deserialize(answer.Body, ApiJson.Default.BatchFileResult)?.RequestedFiles;
            if (files?.Count == asked)
                return [.. files.Select(file => Read(file, answer.ServerTime) with { Md5 = file.FileHandle?.ContentMd5 })];
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw ApiErrors.Unreadable(call, answer);
    }

    private static LeaseResult Read(FileResult file, DateTimeOffset? serverTime)
    {
        if (file.FailureCode is { } code)
            return Refused(association => code == "UNAUTHORIZED"
                ? new SynapseException(SynapseFailure.Forbidden,
                    $"{Name(association)} may not be downloaded by this account; its page at Synapse tells the conditions.", reason: code)
                : new SynapseException(SynapseFailure.NotFound, $"{Name(association)} does not exist ({code}).", reason: code));
        if (file.FileHandle is { ConcreteType: SynapseTypes.ExternalObjectStoreFileHandle } stored)
            return OfObject(stored);
        if (!Uri.TryCreate(file.PreSignedURL, UriKind.Absolute, out var address))
            return Refused(
                association => new SynapseException(SynapseFailure.Unexpected, $"Synapse gave no address for {Name(association)}."));
        var isRegistered = file.FileHandle?.ConcreteType is SynapseTypes.ExternalFileHandle;
        return address.Scheme switch
        {
            "http" or "https" when isRegistered => new LeaseResult(new WebAddress(address), null, Registered, null),
            "http" or "https" => new LeaseResult(
                new SignedAddress(address), StoredLength(file.FileHandle), PresignedLifetime.Of(address, serverTime), null),
            SftpPath.Scheme => new LeaseResult(new SftpAddress(address), null, Registered, null),
            _ => Unsupported($"at a {address.Scheme}: address"),
        };
    }

    private static LeaseResult OfObject(FileHandle stored) =>
        Uri.TryCreate(stored.EndpointUrl, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
        && stored is { Bucket: { } bucket, FileKey: { } key }
            ? new LeaseResult(new StoredObject(endpoint, bucket, key), null, Registered, null)
            : Unsupported("in an object store without a web address");

    // The length of a registered web address is only what somebody declared.
    private static long? StoredLength(FileHandle? handle) =>
        handle?.ConcreteType is SynapseTypes.S3FileHandle or SynapseTypes.GoogleCloudFileHandle ? handle.ContentSize : null;

    private static LeaseResult Unsupported(string where) => Refused(association => new SynapseException(
        SynapseFailure.NotSupported,
            $"{Name(association)} lies {where}, which synapsefs cannot read; fetch it with the tool made for it."));

    private static LeaseResult Refused(Func<FileHandleAssociation, SynapseException> failure) => new(null, null, TimeSpan.Zero, failure);

    private static string Name(FileHandleAssociation association) =>
        $"File handle {association.FileHandleId} of {association.AssociateObjectId}";
}
