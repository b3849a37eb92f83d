namespace SynapseFs.Store;

/// <summary>What became of a block that was handed over to be cached.</summary>
public enum BlockWriteResult
{
    /// <summary>Cached: the next read finds it.</summary>
    Stored,

    /// <summary>
    /// The disk is full though everything that may be dropped was dropped. Not an error for a reader: serve the bytes at hand,
    /// they are fetched again next time.
    /// </summary>
    NoSpace,

    /// <summary>
    /// The content was verified as a whole before and this block then had other bytes: what was just fetched is wrong. Not cached,
    /// not to be served; fetch again.
    /// </summary>
    Mismatch,
}
