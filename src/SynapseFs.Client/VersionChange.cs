namespace SynapseFs.Client;

/// <summary>What an update does to the entity's versions.</summary>
public enum VersionChange
{
    /// <summary>Changes the current version in place. A file handle with another MD5 makes a new version all the same.</summary>
    Keep,
    /// <summary>Makes a new version; only for entities that have versions.</summary>
    New,
}
