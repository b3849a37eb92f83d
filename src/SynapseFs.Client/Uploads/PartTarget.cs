using SynapseFs.Api;

namespace SynapseFs.Client.Uploads;

/// <summary>Where the parts of one upload go: whoever hands out their addresses and takes them together in the end.</summary>
internal abstract class PartTarget
{
    /// <summary>An address for each part asked for, in any order.</summary>
    public abstract Task<IReadOnlyList<PartPresignedUrl>> GetAddressesAsync(int[] parts, CancellationToken cancellationToken);

    /// <summary>
    /// Tells that a part is there. Null: it counts. Otherwise why not; then it is sent again, even if only the confirmation failed.
    /// </summary>
    public abstract Task<string?> ConfirmAsync(int part, PartSent sent, CancellationToken cancellationToken);

    /// <summary>What a caller hears when a part could not be brought there.</summary>
    public abstract SynapseException GaveUp(int part, PartSent sent, string problem);
}
