namespace SynapseFs.Core.Providers;

/// <summary>Adds names to directories of other kinds that are reachable but never listed, so that plain listings stay plain.</summary>
public abstract class DirectoryContributor
{
    /// <summary>The child of that name, or null when this contributor has none there. Costs no call.</summary>
    /// <param name="directory">The directory being looked in.</param>
    /// <param name="isRoot">Whether it is the mount's root.</param>
    /// <param name="name">The name looked for.</param>
    public abstract RemoteChild? Find(RemoteNode directory, bool isRoot, string name);
}
