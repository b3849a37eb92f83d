namespace SynapseFs.Client.Uploads;

/// <summary>How a content is cut: by the official client's rule, so that both resume each other's uploads.</summary>
internal sealed record PartPlan(long Length, long PartSize)
{
    public const long Largest = 5L << 40;

    private const long SmallestPart = 8L << 20;
    private const int MostParts = 10_000;

    public static PartPlan For(long length) => new(length, Math.Max(SmallestPart, (length + MostParts - 1) / MostParts));

    public int Count => (int)((Length + PartSize - 1) / PartSize);

    /// <param name="part">From 1.</param>
    public long OffsetOf(int part) => (part - 1) * PartSize;

    public long LengthOf(int part) => Math.Min(PartSize, Length - OffsetOf(part));

    /// <summary>The parts that a state such as "1011" lacks; a state too short lacks the rest.</summary>
    public IReadOnlyList<int> Missing(string? partsState) =>
        [.. Enumerable.Range(1, Count).Where(part => partsState is null || part > partsState.Length || partsState[part - 1] != '1')];
}
