namespace SynapseFs.Store.Contents;

/// <summary>One row of the content table.</summary>
/// <param name="Number">Names the file; 0 before the row exists.</param>
/// <param name="IsSmall">One block, kept in the database.</param>
/// <param name="LastUsed">Unix seconds, coarse.</param>
internal sealed record ContentRecord(
    ContentKey Key, long Number, long Length, int BlockSize, bool IsSmall, long CachedBytes, bool IsVerified, long LastUsed);
