using SynapseFs.Store;

namespace SynapseFs.Core.Staging;

/// <summary>A content as the remote side has it, and through which of its nodes it is fetched.</summary>
/// <param name="Length">Bytes.</param>
internal sealed record CleanContent(ContentKey Key, long Length, string Kind, string Node);
