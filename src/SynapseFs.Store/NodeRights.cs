namespace SynapseFs.Store;

/// <summary>What the account may do with a node, as far as its details tell.</summary>
[Flags]
public enum NodeRights
{
    None = 0,
    /// <summary>For a directory: new names may be put into it.</summary>
    AddChildren = 1,
    /// <summary>New content, a new name in the same directory.</summary>
    Change = 2,
    Delete = 4,
    /// <summary>Into another directory, if that one lets new names in.</summary>
    Move = 8,
    All = AddChildren | Change | Delete | Move,
}
