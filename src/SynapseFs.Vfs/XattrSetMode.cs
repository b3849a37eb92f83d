namespace SynapseFs.Vfs;

/// <summary>What setxattr(2) does about an existing name.</summary>
public enum XattrSetMode
{
    CreateOrReplace,
    /// <summary>AlreadyExists if it is there.</summary>
    Create,
    /// <summary>NoXattr if it is not there.</summary>
    Replace,
}
