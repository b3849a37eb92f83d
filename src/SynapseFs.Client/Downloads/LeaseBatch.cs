using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>Words of POST /fileHandle/batch: its request, and what its answer means.</summary>
internal static class LeaseBatch
{
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
                return [.. files.Select(file => Read(file, answer.ServerTime))];
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
        if (file.FileHandle?.ConcreteType is SynapseTypes.ExternalObjectStoreFileHandle)
            return Unsupported("an object store that asks for its own credentials");
        if (file.FileHandle?.ConcreteType is SynapseTypes.ProxyFileHandle)
            return Unsupported("a storage behind a proxy");
        if (!Uri.TryCreate(file.PreSignedURL, UriKind.Absolute, out var address))
            return Refused(
                association => new SynapseException(SynapseFailure.Unexpected, $"Synapse gave no address for {Name(association)}."));
        return address.Scheme is "http" or "https"
            ? new LeaseResult(address, StoredLength(file.FileHandle), PresignedLifetime.Of(address, serverTime), null) { Md5 = file.FileHandle?.ContentMd5 }
            : Unsupported($"a {address.Scheme}: address");
    }

    // The length of a registered web address is only what somebody declared.
    private static long? StoredLength(FileHandle? handle) =>
        handle?.ConcreteType is SynapseTypes.S3FileHandle or SynapseTypes.GoogleCloudFileHandle ? handle.ContentSize : null;

    private static LeaseResult Unsupported(string where) => Refused(association => new SynapseException(
        SynapseFailure.NotSupported,
            $"{Name(association)} lies in {where}, which synapsefs cannot read; fetch it with the tool made for it."));

    private static LeaseResult Refused(Func<FileHandleAssociation, SynapseException> failure) => new(null, null, TimeSpan.Zero, failure);

    private static string Name(FileHandleAssociation association) =>
        $"File handle {association.FileHandleId} of {association.AssociateObjectId}";
}
