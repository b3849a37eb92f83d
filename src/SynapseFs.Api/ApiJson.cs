using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>
/// Every record of the wire, source-generated. Nulls are left out and all non-ASCII is escaped: the service decodes a body in
/// 1,024-byte slices and corrupts a multi-byte character that lies across two of them.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(Entity))]
[JsonSerializable(typeof(EntityHeader))]
[JsonSerializable(typeof(EntityId))]
[JsonSerializable(typeof(EntityPath))]
[JsonSerializable(typeof(EntityChildrenRequest))]
[JsonSerializable(typeof(EntityChildrenResponse))]
[JsonSerializable(typeof(EntityLookupRequest))]
[JsonSerializable(typeof(ReferenceList))]
[JsonSerializable(typeof(EntityHeaderPage))]
[JsonSerializable(typeof(ProjectHeaderList))]
[JsonSerializable(typeof(VersionInfoPage))]
[JsonSerializable(typeof(EntityBundleRequest))]
[JsonSerializable(typeof(EntityBundle))]
[JsonSerializable(typeof(Annotations))]
[JsonSerializable(typeof(UserEntityPermissions))]
[JsonSerializable(typeof(AccessControlList))]
[JsonSerializable(typeof(RestrictionInformation))]
[JsonSerializable(typeof(FileHandle))]
[JsonSerializable(typeof(BatchFileRequest))]
[JsonSerializable(typeof(BatchFileResult))]
[JsonSerializable(typeof(MultipartUploadRequest))]
[JsonSerializable(typeof(MultipartUploadStatus))]
[JsonSerializable(typeof(BatchPresignedUploadUrlRequest))]
[JsonSerializable(typeof(BatchPresignedUploadUrlResponse))]
[JsonSerializable(typeof(AddPartResponse))]
[JsonSerializable(typeof(UploadDestination))]
[JsonSerializable(typeof(UserProfile))]
[JsonSerializable(typeof(UserGroupHeaderPage))]
[JsonSerializable(typeof(SynapseVersionInfo))]
[JsonSerializable(typeof(StackStatus))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(BatchFileHandleCopyRequest))]
[JsonSerializable(typeof(BatchFileHandleCopyResult))]
[JsonSerializable(typeof(FileHandleResults))]
[JsonSerializable(typeof(FileHandleUpdateRequest))]
[JsonSerializable(typeof(AccessTokenGenerationRequest))]
[JsonSerializable(typeof(AccessTokenGenerationResponse))]
[JsonSerializable(typeof(AccessTokenRecordList))]
[JsonSerializable(typeof(AccessTokenRecord))]
[JsonSerializable(typeof(TrashedEntityPage))]
[JsonSerializable(typeof(BooleanResult))]
[JsonSerializable(typeof(ActionRequiredList))]
[JsonSerializable(typeof(RestrictionInformationRequest))]
[JsonSerializable(typeof(RestrictionInformationBatchRequest))]
[JsonSerializable(typeof(RestrictionInformationBatchResponse))]
[JsonSerializable(typeof(PrincipalAliasRequest))]
[JsonSerializable(typeof(PrincipalAliasResponse))]
[JsonSerializable(typeof(EntityBundleCreate))]
[JsonSerializable(typeof(IdList))]
[JsonSerializable(typeof(UserProfileList))]
[JsonSerializable(typeof(UploadDestinationLocationList))]
[JsonSerializable(typeof(UploadDestinationList))]
public sealed partial class ApiJson : JsonSerializerContext;
