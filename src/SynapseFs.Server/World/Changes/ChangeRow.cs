namespace SynapseFs.Server.World.Changes;

/// <summary>An object's latest change. <paramref name="Kind"/> is CREATE, UPDATE or DELETE; the time is Unix milliseconds.</summary>
internal sealed record ChangeRow(long Number, string ObjectType, long ObjectId, string Kind, long ChangedOn);
