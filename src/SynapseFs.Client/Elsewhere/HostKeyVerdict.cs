namespace SynapseFs.Client.Elsewhere;

/// <summary>What is known of the key that a host shows.</summary>
internal enum HostKeyVerdict
{
    /// <summary>It is the host's.</summary>
    Trusted,
    /// <summary>Nobody has vouched for any key of the host, or none of this kind.</summary>
    Unknown,
    /// <summary>The host is known with another key of this kind.</summary>
    Changed,
    /// <summary>It is known to be stolen or given up.</summary>
    Revoked,
}
