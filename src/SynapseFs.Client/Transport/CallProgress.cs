namespace SynapseFs.Client.Transport;

/// <summary>One call on its way through its tries.</summary>
internal sealed class CallProgress(ApiCall call, long begun)
{
    public ApiCall Call => call;

    /// <summary>A timestamp of the client's time provider.</summary>
    public long Begun => begun;

    /// <summary>Made once, so that all tries ask the same.</summary>
    public byte[]? Body { get; set; }

    /// <summary>How often it was really sent.</summary>
    public int Attempts { get; set; }
}
