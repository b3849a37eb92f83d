namespace SynapseFs.Store;

/// <summary>Details of a remote file as they came in bulk.</summary>
/// <param name="RemoteId">Whose they are.</param>
/// <param name="Details">What they describe is <see cref="NodeDetails.Revision"/>; length and content are known.</param>
public sealed record AheadDetails(string RemoteId, NodeDetails Details);
