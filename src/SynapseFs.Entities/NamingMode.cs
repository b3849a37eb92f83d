namespace SynapseFs.Entities;

/// <summary>What becomes of names that Synapse does not hold.</summary>
public enum NamingMode
{
    /// <summary>They are refused; every name is the same here and in Synapse.</summary>
    Plain,

    /// <summary>Each sign that Synapse does not hold is written as <c>(xHEX)</c> there and shown as itself here.</summary>
    Escape,
}
