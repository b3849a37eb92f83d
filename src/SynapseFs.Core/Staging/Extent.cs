namespace SynapseFs.Core.Staging;

/// <summary>Bytes of a content, from an offset up to another one, which is not included.</summary>
internal readonly record struct Extent(long From, long To)
{
    public long Length => To - From;
}
