namespace SynapseFs.Store;

/// <summary>A content whose bytes were read, or may have been, and are not known to be right.</summary>
/// <param name="Length">Bytes of the whole content.</param>
/// <param name="Paths">Where in the mount it was when that was noted, each beginning with '/'; empty when no name was known.</param>
public sealed record DoubtfulContent(ContentKey Key, long Length, DoubtFinding Finding, IReadOnlyList<string> Paths);
