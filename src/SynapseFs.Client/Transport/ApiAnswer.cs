namespace SynapseFs.Client.Transport;

/// <summary>What came back, whole.</summary>
internal sealed record ApiAnswer(int Status, byte[] Body, string? MediaType, DateTimeOffset? ServerTime)
{
    /// <summary>The call turned out to be needless and was not sent.</summary>
    public static ApiAnswer NotSent { get; } = new(0, [], null, null);

    public bool IsSuccess => Status is 0 or (>= 200 and < 300);

    /// <summary>False: it claims to be JSON and is none, so it was garbled or cut short on its way, and nobody knows what it said.</summary>
    public bool IsWhole => MediaType != "application/json" || JsonText.IsWhole(Body);

    /// <summary>How many tries it took.</summary>
    public int Attempts { get; init; } = 1;
}
