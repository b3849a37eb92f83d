namespace SynapseFs.Store;

/// <summary>What the journal knows of one staged content: which bytes of its file are valid, and what shows through elsewhere.</summary>
/// <param name="Number">Names the file.</param>
/// <param name="Length">Bytes of the content.</param>
/// <param name="Written">
/// The ranges of the file that count, as <c>from-to</c> (to exclusive) with commas between; everything else shows the base up to
/// <paramref name="BaseLimit"/>, and zeros beyond it.
/// </param>
/// <param name="Base">The cached or remote content below; null when there is none.</param>
/// <param name="BaseStaged">Another staged content below, itself on its way; null when there is none.</param>
/// <param name="BaseLength">Bytes of the whole base.</param>
/// <param name="BaseLimit">Bytes of it, from its start, that may show.</param>
/// <param name="BaseNode">The remote id of a node through which the base can be fetched.</param>
public sealed record StagedRow(
    long Number, long Length, string Written, ContentKey? Base, long? BaseStaged, long BaseLength, long BaseLimit, string? BaseNode);
