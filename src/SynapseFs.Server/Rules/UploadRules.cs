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
    private const long MaxPartSize = 5L << 30;
    private const long MaxFileSize = 5L << 40;
    private const long MaxParts = 10_000;

    /// <summary>Checks the request and returns how many parts it makes.</summary>
    public static int CountParts(MultipartUploadRequest request)
    {
        if (request.ConcreteType is { } type && type != SynapseTypes.MultipartUploadRequest)
        {
            throw ServiceException.BadRequest($"Uploads of the type {type} are not served here");
        }

        NameRule.Check(request.FileName ?? throw Missing("fileName"));
        if (string.IsNullOrEmpty(request.ContentMD5Hex))
        {
            throw Missing("contentMD5Hex");
        }

        var size = request.FileSizeBytes ?? throw Missing("fileSizeBytes");
        var part = request.PartSizeBytes ?? throw Missing("partSizeBytes");
        var count = CheckSizes(size, part);
        return (int)count;
    }

    /// <summary>The same request by the same user is the same upload; an absent preview flag differs from a true one.</summary>
    public static string Hash(MultipartUploadRequest request)
    {
        var canonical = request with { StorageLocationId = request.StorageLocationId ?? 1, ConcreteType = null };
        return Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(canonical, ApiJson.Default.MultipartUploadRequest)));
    }

    private static long CheckSizes(long size, long part)
    {
        if (size < 1)
        {
            throw ServiceException.BadRequest("File size must be at least one byte");
        }

        if (size > MaxFileSize)
        {
            throw ServiceException.BadRequest("The maximum file size is 5 TB");
        }

        if (part < MinPartSize)
        {
            throw ServiceException.BadRequest($"The part size must be at least {MinPartSize} bytes.");
        }

        if (part > MaxPartSize)
        {
            throw ServiceException.BadRequest($"The part size must not exceed {MaxPartSize} bytes.");
        }

        var count = (size + part - 1) / part;
        return count <= MaxParts
            ? count
            : throw ServiceException.BadRequest(
                $"File Upload would require {count} parts, which exceeds the maximum number of allowed parts of: {MaxParts}");
    }

    private static ServiceException Missing(string field) => ServiceException.BadRequest($"MultipartUploadRequest.{field} is required");
}
