namespace SynapseFs.Vfs;

/// <summary>The answer to a lookup or stat: attributes and how long the kernel may believe name and attributes unasked.</summary>
/// <param name="Validity">Zero or longer; the rest of the engine's own lease.</param>
public readonly record struct Entry(Attributes Attributes, TimeSpan Validity);
