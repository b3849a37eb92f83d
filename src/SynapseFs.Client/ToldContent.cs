namespace SynapseFs.Client;

/// <summary>What Synapse tells of the bytes behind a file handle.</summary>
/// <param name="Length">Bytes; null: nobody knows, or somebody only declared them.</param>
/// <param name="Md5">As the service writes it; null: it has none.</param>
public sealed record ToldContent(long? Length, string? Md5);
