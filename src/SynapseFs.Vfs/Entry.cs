namespace SynapseFs.Vfs;

/// <summary>The answer to a lookup or stat: attributes and how long the kernel may believe name and attributes unasked.</summary>
/// <param name="Validity">Zero or longer; the rest of the engine's own lease.</param>
public readonly record struct Entry(Attributes Attributes, TimeSpan Validity)
{
    /// <summary>
    /// Whether of the attributes only inode and type are known: the others are placeholders, and a host has to ask for attributes before it
    /// shows or uses one of them. So a name can be looked up, moved and deleted without anybody having described what it leads to.
    /// </summary>
    public bool IsProvisional { get; init; }
}
