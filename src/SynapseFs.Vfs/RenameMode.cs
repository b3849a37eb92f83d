namespace SynapseFs.Vfs;

/// <summary>What a rename does about an existing target.</summary>
public enum RenameMode
{
    /// <summary>Replace it, in one step.</summary>
    Replace,
    /// <summary>Fail with AlreadyExists (RENAME_NOREPLACE).</summary>
    NoReplace,
    /// <summary>Swap both; both must exist (RENAME_EXCHANGE).</summary>
    Exchange,
}
