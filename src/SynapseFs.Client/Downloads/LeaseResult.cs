using SynapseFs.Api;

namespace SynapseFs.Client.Downloads;

/// <summary>What a batch said of one file: where it lies, or a refusal.</summary>
internal sealed record LeaseResult(ContentPlace? Place, long? Length, TimeSpan Lifetime, Func<FileHandleAssociation, SynapseException>? Failure)
{
    public string? Md5 { get; init; }
}
