namespace SynapseFs.Client.Downloads;

/// <summary>
/// Where a content lies and how long that may be used: pre-signed addresses end soon. A secret: it lives in memory only and does not print
/// itself.
/// </summary>
internal sealed class UrlLease(ContentPlace place, long? length, long received, TimeSpan lifetime)
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(5);

    public ContentPlace Place => place;

    /// <summary>Bytes of the whole content as Synapse knows them from its own storage; null when it only was told, or not.</summary>
    public long? Length => length;

    /// <summary>The content's MD5 as Synapse has it; null: it has none.</summary>
    public string? Md5 { get; init; }

    /// <summary>
    /// Still good for starting a transfer. Ends 5 s early, so that a request on its way does not arrive late; where addresses live
    /// for less than 20 s, a quarter of their life early.
    /// </summary>
    public bool IsFresh(TimeProvider time)
    {
        var margin = lifetime / 4 < LongestMargin ? lifetime / 4 : LongestMargin;
        return time.GetElapsedTime(received) < lifetime - margin;
    }

    public override string ToString() => "an address";
}
