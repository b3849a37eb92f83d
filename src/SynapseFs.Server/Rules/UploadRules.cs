using System.Security.Cryptography;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Rules;

/// <summary>What a multipart upload may look like. Source: MultipartUploadRequestHandler, PartUtils, MultipartUtils.</summary>
internal static class UploadRules
{
    public const long MinPartSize = 5L << 20;
    public const long MaxPartSize = 5L << 30;
    private const string NotEmpty = " and must not be the empty string.";
    private const long MaxFileSize = 5L << 40;
    private const long MaxParts = 10_000;

    public static bool IsCopy(MultipartUploadRequest request) => request.ConcreteType switch
    {
        null or SynapseTypes.MultipartUploadRequest => false,
        SynapseTypes.MultipartUploadCopyRequest => true,
        var type => throw ServiceException.BadRequest($"Unsupported request type: {type}"),
    };

    /// <summary>What is checked of both, before it is known who asks.</summary>
    public static void CheckPartSize(MultipartUploadRequest request)
    {
        var part = request.PartSizeBytes ?? throw Missing(request, "partSizeBytes", ".");
        if (part < MinPartSize)
        {
            throw ServiceException.BadRequest($"The part size must be at least {MinPartSize} bytes.");
        }

        if (part > MaxPartSize)
        {
            throw ServiceException.BadRequest($"The part size must not exceed {MaxPartSize} bytes.");
        }
    }

    public static void Check(MultipartUploadRequest request)
    {
        if (IsCopy(request))
        {
            CheckCopy(request);
            return;
        }

        if (string.IsNullOrEmpty(request.FileName))
        {
            throw Missing(request, "fileName", NotEmpty);
        }

        NameRule.Check(request.FileName);
        _ = request.FileSizeBytes ?? throw Missing(request, "fileSizeBytes", ".");
        if (string.IsNullOrEmpty(request.ContentMD5Hex))
        {
            throw Missing(request, "contentMD5Hex", NotEmpty);
        }

        CountParts(request.FileSizeBytes.Value, request.PartSizeBytes!.Value);
    }

    /// <summary>How many parts a file makes; all but the last have the full size.</summary>
    public static int CountParts(long size, long part)
    {
        if (size < 1)
        {
            throw ServiceException.BadRequest("File size must be at least one byte");
        }

        if (size > MaxFileSize)
        {
            throw ServiceException.BadRequest("The maximum file size is 5 TB");
        }

        var count = ((size - 1) / part) + 1;
        return count <= MaxParts
            ? (int)count
            : throw ServiceException.BadRequest(
                $"File Upload would require {count} parts, which exceeds the maximum number of allowed parts of: {MaxParts}. "
                + "Please choose a larger part size.");
    }

    /// <summary>The bytes of a part (numbered from 1) of a copy.</summary>
    public static ByteRange PartRange(long number, long part, long size)
    {
        var start = (number - 1) * part;
        return new ByteRange(start, Math.Min(part, size - start));
    }

    /// <summary>The same request by the same user is the same upload; an absent preview flag differs from a true one.</summary>
    public static string Hash(MultipartUploadRequest request)
    {
        var canonical = request with
        {
            StorageLocationId = request.StorageLocationId ?? 1,
            ConcreteType = IsCopy(request) ? request.ConcreteType : null,
        };
        return Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(canonical, ApiJson.Default.MultipartUploadRequest)));
    }

    private static void CheckCopy(MultipartUploadRequest request)
    {
        _ = request.StorageLocationId ?? throw Missing(request, "storageLocationId", ".");
        var source = request.SourceFileHandleAssociation ?? throw Missing(request, "sourceFileHandleAssociation", ".");
        _ = source.FileHandleId ?? throw Missing(request, "sourceFileHandleAssociation.fileHandleId", ".");
        _ = source.AssociateObjectId ?? throw Missing(request, "sourceFileHandleAssociation.associateObjectId", ".");
        _ = source.AssociateObjectType ?? throw Missing(request, "sourceFileHandleAssociation.associateObjectType", ".");
        if (!string.IsNullOrWhiteSpace(request.FileName))
        {
            NameRule.Check(request.FileName);
        }
    }

    private static ServiceException Missing(MultipartUploadRequest request, string field, string end) => ServiceException.BadRequest(
        $"{(IsCopy(request) ? "MultipartUploadCopyRequest" : "MultipartUploadRequest")}.{field} is required{end}");
}
