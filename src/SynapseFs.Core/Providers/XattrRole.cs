namespace SynapseFs.Core.Providers;

/// <summary>What an extended attribute is, by its name.</summary>
public enum XattrRole
{
    /// <summary>Nothing of the name can be.</summary>
    None,
    /// <summary>Told, and never set: a fact about the thing.</summary>
    Fact,
    /// <summary>Kept on this machine only.</summary>
    Local,
    /// <summary>The remote side has it.</summary>
    Remote,
}
