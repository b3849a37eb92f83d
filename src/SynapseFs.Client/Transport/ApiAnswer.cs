namespace SynapseFs.Client.Transport;

/// <summary>What came back, whole.</summary>
internal sealed record ApiAnswer(int Status, byte[] Body, string? MediaType, DateTimeOffset? ServerTime)
{
    /// <summary>The call turned out to be needless and was not sent.</summary>
    public static ApiAnswer NotSent { get; } = new(0, [], null, null);

    public bool IsSuccess => Status is 0 or (>= 200 and < 300);

    /// <summary>How many tries it took.</summary>
    public int Attempts { get; init; } = 1;
}
