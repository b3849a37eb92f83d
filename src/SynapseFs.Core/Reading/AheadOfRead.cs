namespace SynapseFs.Core.Reading;

/// <summary>What to fetch with a read beyond what it asks for.</summary>
/// <param name="Along">Follows the read: one download with what it needs.</param>
/// <param name="Aside">Lies elsewhere in the content: downloads of its own, for which nobody waits.</param>
internal readonly record struct AheadOfRead(BlockRange Along, BlockRange Aside);
