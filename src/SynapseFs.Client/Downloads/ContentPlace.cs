namespace SynapseFs.Client.Downloads;

/// <summary>Where a content lies, and so how it is read.</summary>
internal abstract record ContentPlace
{
    /// <summary>The host, for people.</summary>
    public abstract string Host { get; }

    // Addresses may be signed, so none prints itself.
    public sealed override string ToString() => $"a place at {Host}";
}

/// <summary>An address that Synapse signed: of its own storage, or of a proxy that trusts it.</summary>
internal sealed record SignedAddress(Uri Address) : ContentPlace
{
    public override string Host => Address.Authority;
}

/// <summary>A web address that somebody registered.</summary>
internal sealed record WebAddress(Uri Address) : ContentPlace
{
    public override string Host => Address.Authority;
}

/// <summary>A file at an SFTP server.</summary>
internal sealed record SftpAddress(Uri Address) : ContentPlace
{
    public override string Host => Address.Authority;
}

/// <summary>An object of a store that asks for the reader's own keys.</summary>
internal sealed record StoredObject(Uri Endpoint, string Bucket, string Key) : ContentPlace
{
    public override string Host => Endpoint.Authority;
}
