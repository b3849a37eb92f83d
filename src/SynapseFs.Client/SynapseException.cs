namespace SynapseFs.Client;

/// <summary>
/// A call that failed for good. The message is one sentence for a person; it never holds a token or the query of a URL.
/// </summary>
public sealed class SynapseException : Exception
{
    public SynapseException(SynapseFailure failure, string message, int? status = null, string? reason = null, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Status = status;
        Reason = reason ?? message;
    }

    public SynapseFailure Failure { get; }

    /// <summary>The HTTP status, or null when there was no answer.</summary>
    public int? Status { get; }

    /// <summary>The server's own words if it gave any, otherwise the message.</summary>
    public string Reason { get; }

    /// <summary>The server's own word for the case, such as PROJECT_STORAGE_LIMIT_EXCEEDED; only few refusals have one.</summary>
    public string? Code { get; init; }

    /// <summary>How often the call was sent. After more than one, an earlier try may have taken effect.</summary>
    internal int Attempts { get; init; } = 1;
}
