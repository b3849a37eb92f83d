namespace SynapseFs.Client;

/// <summary>What went wrong, in the few kinds that callers answer differently.</summary>
public enum SynapseFailure
{
    /// <summary>No such thing, or in the trash (404).</summary>
    NotFound,
    /// <summary>Known caller, not allowed: permission, access requirement, scope, terms of use (403).</summary>
    Forbidden,
    /// <summary>The token is missing, bad or expired (401).</summary>
    Unauthorized,
    /// <summary>The name is taken, or the thing is in use (409, 423).</summary>
    Conflict,
    /// <summary>Changed by somebody else since it was read (412).</summary>
    StaleEtag,
    /// <summary>Synapse does not accept the request (400, 405, 406, 415).</summary>
    BadRequest,
    /// <summary>Still too many requests after all retries (429).</summary>
    Throttled,
    /// <summary>The request is larger than Synapse takes (413).</summary>
    TooLarge,
    /// <summary>Synapse answers, but is in trouble or under maintenance (500, 502, 503, 504) or cannot be understood, after all retries.</summary>
    Unavailable,
    /// <summary>Synapse or the storage is out of reach: no network, no answer.</summary>
    Offline,
    /// <summary>A storage outside Synapse that holds the bytes, or is to hold them, does not answer. Synapse itself may be well.</summary>
    StorageDown,
    /// <summary>
    /// A storage outside Synapse does not let us in, or cannot be trusted: credentials, host key, its own permissions. The message holds
    /// the remedy.
    /// </summary>
    StorageRefused,
    /// <summary>The content lives where this program cannot read or write.</summary>
    NotSupported,
    /// <summary>The local file that is being sent cannot be read, or was changed on its way. Nothing that Synapse said.</summary>
    LocalFile,
    /// <summary>An answer that the contract does not know.</summary>
    Unexpected,
}
