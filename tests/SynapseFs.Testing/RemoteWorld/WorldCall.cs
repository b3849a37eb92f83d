using SynapseFs.Core.Providers;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>One call that the engine made.</summary>
/// <param name="Verb">list, probe, find, describe, prepare, read; create, update or delete when it begins, refer when its bytes are there.</param>
/// <param name="Id">What it was asked about.</param>
/// <param name="Urgency">Who waits.</param>
public sealed record WorldCall(string Verb, string Id, Urgency Urgency)
{
    /// <summary>For read: where it begins; for find: nothing.</summary>
    public long Offset { get; init; }

    /// <summary>For read: how many bytes were asked for; null: to the end.</summary>
    public long? Length { get; init; }
}
