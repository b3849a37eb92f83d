using SynapseFs.Api;

namespace SynapseFs.Server.World.Files;

/// <summary>A file handle and the object its bytes are in, if they are here.</summary>
internal sealed record FileHandleRow(long Id, long CreatedBy, string? ObjectKey, FileHandle Document);
