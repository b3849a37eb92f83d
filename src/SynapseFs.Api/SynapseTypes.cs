namespace SynapseFs.Api;

/// <summary>The service's class names, as they stand in <c>concreteType</c> and in listing headers.</summary>
public static class SynapseTypes
{
    private const string Model = "org.sagebionetworks.repo.model.";

    public const string Project = Model + "Project";
    public const string Folder = Model + "Folder";
    public const string File = Model + "FileEntity";
    public const string Link = Model + "Link";
    public const string Table = Model + "table.TableEntity";
    public const string EntityView = Model + "table.EntityView";
    public const string SubmissionView = Model + "table.SubmissionView";
    public const string Dataset = Model + "table.Dataset";
    public const string DatasetCollection = Model + "table.DatasetCollection";
    public const string MaterializedView = Model + "table.MaterializedView";
    public const string VirtualTable = Model + "table.VirtualTable";
    public const string DockerRepository = Model + "docker.DockerRepository";
    public const string RecordSet = Model + "RecordSet";

    public const string S3FileHandle = Model + "file.S3FileHandle";
    public const string ExternalFileHandle = Model + "file.ExternalFileHandle";
    public const string ExternalObjectStoreFileHandle = Model + "file.ExternalObjectStoreFileHandle";
    public const string GoogleCloudFileHandle = Model + "file.GoogleCloudFileHandle";
    public const string ProxyFileHandle = Model + "file.ProxyFileHandle";

    public const string MultipartUploadRequest = Model + "file.MultipartUploadRequest";
    public const string MultipartUploadCopyRequest = Model + "file.MultipartUploadCopyRequest";
    public const string S3UploadDestination = Model + "file.S3UploadDestination";
    public const string ExternalS3UploadDestination = Model + "file.ExternalS3UploadDestination";
    public const string ExternalGoogleCloudUploadDestination = Model + "file.ExternalGoogleCloudUploadDestination";
    public const string ExternalUploadDestination = Model + "file.ExternalUploadDestination";
    public const string ExternalObjectStoreUploadDestination = Model + "file.ExternalObjectStoreUploadDestination";
    public const string S3StorageLocationSetting = Model + "project.S3StorageLocationSetting";
    public const string MeetAccessRequirement = Model + "download.MeetAccessRequirement";
    public const string EnableTwoFa = Model + "download.EnableTwoFa";
    public const string ExternalS3StorageLocationSetting = Model + "project.ExternalS3StorageLocationSetting";
    public const string ExternalGoogleCloudStorageLocationSetting = Model + "project.ExternalGoogleCloudStorageLocationSetting";
    public const string ExternalStorageLocationSetting = Model + "project.ExternalStorageLocationSetting";
    public const string ExternalObjectStorageLocationSetting = Model + "project.ExternalObjectStorageLocationSetting";
    public const string ProxyStorageLocationSettings = Model + "project.ProxyStorageLocationSettings";
    public const string UploadDestinationListSetting = Model + "project.UploadDestinationListSetting";
    public const string RequestDownload = Model + "download.RequestDownload";
    public const string ErrorResponse = Model + "ErrorResponse";
    public const string OAuthErrorResponse = Model + "OAuthErrorResponse";

    /// <summary>The hidden folder above all projects, and the trash.</summary>
    public const string RootFolderId = "syn4489";
    public const string TrashFolderId = "syn1681355";
}
