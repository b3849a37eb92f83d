namespace SynapseFs.Server;

/// <summary>Which side of the server a fault rule looks at.</summary>
public enum FaultTarget
{
    Any,

    /// <summary>Synapse's services: /repo, /auth, /file.</summary>
    Api,

    /// <summary>Pre-signed URLs.</summary>
    Storage,
}

/// <summary>
/// What goes wrong, for which requests, how often. Effects may be combined: a delay, then a slow body with a wrong byte.
/// All offsets and byte counts are those of the answer's body, except <see cref="CorruptAt"/> on the storage side, which is the
/// offset in the content whatever range was asked for.
/// </summary>
public sealed record FaultRule
{
    public FaultTarget Target { get; init; }

    /// <summary>GET, POST …; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>The path with <c>*</c> for any run of characters, such as <c>/repo/v1/entity/*/bundle2</c>; null: any.</summary>
    public string? Path { get; init; }

    /// <summary>Fitting requests that pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>Requests that are harmed; null: all until the rule is removed.</summary>
    public int? Count { get; init; }

    /// <summary>Waits this long before the request is looked at.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The answer's body leaves no faster than this.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Answers with this status (429, 500, 502, 503 …) instead.</summary>
    public int? Status { get; init; }

    /// <summary>The reason that goes with <see cref="Status"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Resets the connection after this many bytes of the body; 0: before any answer.</summary>
    public long? ResetAfter { get; init; }

    /// <summary>Does the work, then resets the connection instead of answering: the caller cannot know that it was done.</summary>
    public bool LoseAnswer { get; init; }

    /// <summary>Ends the body after this many bytes as if it were complete: Content-Length tells the shorter length.</summary>
    public long? TruncateAfter { get; init; }

    /// <summary>Inverts the byte at this offset.</summary>
    public long? CorruptAt { get; init; }

    /// <summary>On the API side: URLs handed out have already expired. On the storage side: refused as expired.</summary>
    public bool ExpireUrl { get; init; }

    /// <summary>
    /// Changes the entity that the path names a moment before the request is done, so that a write with the etag read before is
    /// refused (412). Where the path names no entity the request is answered 409.
    /// </summary>
    public bool Conflict { get; init; }

    /// <summary>Revokes the request's token for good: 401, now and whenever it is used again.</summary>
    public bool RevokeToken { get; init; }

    /// <summary>Sends this many bytes of the body and then nothing until the caller gives up; 0: no answer at all.</summary>
    public long? StallAfter { get; init; }
}
