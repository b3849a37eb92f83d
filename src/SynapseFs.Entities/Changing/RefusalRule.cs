using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Changing;

/// <summary>One row of <see cref="ChangeErrors"/>: which failures it is about, what they mean, and what a person can do.</summary>
/// <param name="Failure">The kind of failure.</param>
/// <param name="Words">What stands in the service's reason or is its code, in any capitals; empty: whatever stands there.</param>
/// <param name="Refusal">What it means.</param>
/// <param name="Remedy">A sentence without its full stop; null: there is none to tell.</param>
internal sealed record RefusalRule(SynapseFailure Failure, string Words, ChangeRefusal Refusal, string? Remedy)
{
    public bool Fits(SynapseException exception) =>
        exception.Failure == Failure
        && (exception.Reason.Contains(Words, StringComparison.OrdinalIgnoreCase) || exception.Code == Words);
}
