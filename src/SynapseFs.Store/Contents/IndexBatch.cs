namespace SynapseFs.Store.Contents;

/// <summary>News for the index that is saved in one transaction.</summary>
internal sealed class IndexBatch
{
    public List<BlockChange> Blocks { get; } = [];

    /// <summary>Content number to the Unix second of its last use.</summary>
    public Dictionary<long, long> Used { get; } = [];

    public bool IsEmpty => Blocks.Count == 0 && Used.Count == 0;
}
