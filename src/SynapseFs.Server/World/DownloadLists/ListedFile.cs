namespace SynapseFs.Server.World.DownloadLists;

/// <summary>An item as it is kept; <paramref name="Version"/> null: whichever is current, which is a key of its own.</summary>
internal readonly record struct ListedFile(long EntityId, long? Version);
