namespace SynapseFs.Store.Contents;

/// <summary>What the index remembers of a content at the moment it is opened.</summary>
internal sealed record StoredContentState(ContentRecord Record, BlockMap Blocks);
