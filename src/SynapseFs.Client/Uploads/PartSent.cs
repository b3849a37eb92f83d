namespace SynapseFs.Client.Uploads;

/// <summary>How one transfer of a part ended: with the MD5 of what went over, or with a problem.</summary>
/// <param name="Status">The storage's answer; null: there was none.</param>
/// <param name="Tag">What the storage calls the part.</param>
internal sealed record PartSent(string? Md5Hex, string? Problem, int? Status, string? Tag)
{
    public bool AddressRefused => Problem is not null && Status is 400 or 403;
}
