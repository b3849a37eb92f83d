using SynapseFs.Api;

namespace SynapseFs.Client.Downloads;

/// <summary>What a batch said of one file: an address or a refusal.</summary>
internal sealed record LeaseResult(Uri? Address, long? Length, TimeSpan Lifetime, Func<FileHandleAssociation, SynapseException>? Failure)
{
    public string? Md5 { get; init; }

    public override string ToString() => Address is null ? "a refusal" : "an address";
}
