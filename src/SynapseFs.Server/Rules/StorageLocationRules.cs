using System.Security.Cryptography;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>What a new storage location may be, kind by kind. Source: the StorageLocationProcessor classes.</summary>
internal static class StorageLocationRules
{
    private const int MinSecret = 36;
    private static readonly string[] UploadTypes = ["S3", "GOOGLECLOUDSTORAGE", "SFTP", "HTTPS", "PROXYLOCAL", "NONE"];

    /// <summary>The setting with the fields of its kind only, checked and put into the form that is stored.</summary>
    public static StorageLocationSetting Prepare(StorageLocationSetting body, long userId)
    {
        var common = new StorageLocationSetting
        {
            ConcreteType = body.ConcreteType,
            UploadType = UploadType(body.UploadType),
            Banner = body.Banner,
            Description = NameRule.CheckLength(body.Description, 512, "description"),
            CreatedBy = userId,
        };
        return body.ConcreteType switch
        {
            SynapseTypes.S3StorageLocationSetting => OfSynapse(common, body, userId),
            SynapseTypes.ExternalS3StorageLocationSetting => common with
            {
                UploadType = "S3",
                Bucket = Bucket(body.Bucket),
                BaseKey = Strip(body.BaseKey),
                EndpointUrl = body.EndpointUrl,
                StsEnabled = body.StsEnabled,
            },
            SynapseTypes.ExternalGoogleCloudStorageLocationSetting => common with
            {
                UploadType = "GOOGLECLOUDSTORAGE",
                Bucket = Bucket(body.Bucket),
                BaseKey = Strip(body.BaseKey),
            },
            SynapseTypes.ExternalObjectStorageLocationSetting => common with
            {
                Bucket = Bucket(body.Bucket),
                EndpointUrl = UrlRule.CheckExternal(Strip(body.EndpointUrl)),
            },
            SynapseTypes.ExternalStorageLocationSetting => common with
            {
                Url = UrlRule.CheckExternal(body.Url ?? throw ServiceException.BadRequest("The url is required.")),
                SupportsSubfolders = body.SupportsSubfolders,
            },
            SynapseTypes.ProxyStorageLocationSettings => common with
            {
                ProxyUrl = ProxyUrl(body.ProxyUrl),
                SecretKey = Secret(body.SecretKey),
                BenefactorId = body.BenefactorId is { } id ? EntityIds.Text(EntityIds.Parse(id)) : null,
            },
            _ => throw ServiceException.BadRequest($"Unknown storage location type: {body.ConcreteType}"),
        };
    }

    /// <summary>Equal for settings that say the same.</summary>
    public static string Hash(StorageLocationSetting prepared) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(prepared, StorageJson.Default.StorageLocationSetting)));

    /// <summary>Whether keys for the bucket itself are handed out, so that what is in it must stay together.</summary>
    public static bool IsSts(StorageLocationSetting? setting) => setting?.StsEnabled == true;

    /// <summary>
    /// Whether a text is a bucket's name: that of a domain. No slash, no leading dot, so that it is a safe directory name too.
    /// </summary>
    public static bool IsBucketName(string name)
    {
        var labels = name.Split('.');
        return name.Length <= 253 && labels.All(IsLabel) && !char.IsAsciiDigit(labels[^1][0]);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && char.IsAsciiLetterOrDigit(label[0]) && char.IsAsciiLetterOrDigit(label[^1]);

    private static StorageLocationSetting OfSynapse(StorageLocationSetting common, StorageLocationSetting body, long userId)
    {
        if (Strip(body.BaseKey) is not null)
        {
            throw ServiceException.BadRequest("Cannot specify baseKey when creating an S3StorageLocationSetting");
        }

        return common with
        {
            UploadType = "S3",
            StsEnabled = body.StsEnabled,
            BaseKey = body.StsEnabled == true ? $"{userId}/{Guid.NewGuid()}" : null,
        };
    }

    private static string UploadType(string? type) =>
        type is null ? "NONE"
        : UploadTypes.Contains(type) ? type
        : throw ServiceException.BadRequest($"Unknown uploadType: {type}");

    private static string Bucket(string? name)
    {
        var bucket = name ?? throw ServiceException.BadRequest("The bucket name is required.");
        return IsBucketName(bucket) ? bucket : throw ServiceException.BadRequest("Invalid bucket name.");
    }

    private static string ProxyUrl(string? text)
    {
        var url = text ?? throw ServiceException.BadRequest("The proxyUrl is required.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            throw ServiceException.BadRequest($"The proxyUrl is malformed: {url}");
        }

        return parsed.Scheme == Uri.UriSchemeHttps ? url : throw ServiceException.BadRequest("The proxyUrl protocol must be be HTTPS");
    }

    private static string Secret(string? text)
    {
        var secret = text ?? throw ServiceException.BadRequest("The secretKey is required.");
        return secret.Length >= MinSecret
            ? secret
            : throw ServiceException.BadRequest($"SecretKey must be at least: {MinSecret} characters but was: {secret.Length}");
    }

    private static string? Strip(string? text) => text?.Trim('/', ' ', '\t') is { Length: > 0 } stripped ? stripped : null;
}
