namespace SynapseFs.Client.Uploads;

/// <summary>How one transfer of a part ended: with the MD5 of what went over, or with a problem.</summary>
internal sealed record PartSent(string? Md5Hex, string? Problem, bool AddressRefused);
