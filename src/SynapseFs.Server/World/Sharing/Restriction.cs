namespace SynapseFs.Server.World.Sharing;

/// <summary>One access requirement as it stands to one caller.</summary>
internal sealed record Restriction(
    long RequirementId, string Type, bool NeedsSecondFactor, bool IsApproved, bool IsExemptionEligible)
{
    /// <summary>Whether users sign for themselves; all other kinds are in the hands of the compliance team.</summary>
    public bool IsSelfSigned => Type is "SelfSignAccessRequirement" or "TermsOfUseAccessRequirement";

    public bool IsExempt(bool isDataContributor) => isDataContributor && IsExemptionEligible;

    public bool IsMet(bool isDataContributor) => IsApproved || IsExempt(isDataContributor);
}
