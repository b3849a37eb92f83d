namespace SynapseFs.Client;

/// <summary>
/// What an upload is called. The same description and content name the same upload at the service, which is how it resumes.
/// </summary>
/// <param name="FileName">Letters, digits and , _ . - + ' ( ) and blanks, at most 256.</param>
/// <param name="ContentType">Null: unknown.</param>
/// <param name="StorageLocationId">Null: Synapse's own storage.</param>
public sealed record UploadDescription(string FileName, string? ContentType, long? StorageLocationId);
