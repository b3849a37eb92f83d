namespace SynapseFs.Store;

/// <summary>How much details say. Stored by number: none may come to mean something else.</summary>
public enum DetailsDepth
{
    /// <summary>All, told by the thing itself.</summary>
    Full = 0,

    /// <summary>
    /// Told in bulk with many others: extended attributes that are there are right, others may be missing. The content is confirmed when it
    /// is opened.
    /// </summary>
    Outline = 1,
}
