using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Access;

/// <summary>What a person has to do to meet an access requirement, in words. Pure.</summary>
internal static class RequirementText
{
    private const string Prefix = "org.sagebionetworks.repo.model.";

    /// <summary>Why contents are kept back, as half a sentence: what has to be done first.</summary>
    public static string Level(RestrictionInformation restriction) => restriction.RestrictionLevel == "RESTRICTED_BY_TERMS_OF_USE"
        ? "you have to accept its terms first"
        : "you have to be given access to it first";

    /// <summary>Why contents are kept back and where to go; null where nothing has to be agreed to or approved.</summary>
    public static string? WhyLocked(string id, EntityBundle bundle, Portal portal) =>
        bundle.RestrictionInformation is { HasUnmetAccessRequirement: true } restriction
            ? $"{id} has access requirements that you have not met yet: {Level(restriction)}, at {portal.PageOf(id)}"
            : null;

    /// <summary>One requirement as a paragraph: its name, what to do, and its own text where it has one.</summary>
    public static string Paragraph(AccessRequirement requirement)
    {
        var number = requirement.Id?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var name = requirement.Name is { Length: > 0 } given ? $"\"{given}\" (requirement {number})" : $"Requirement {number}";
        string?[] lines =
        [
            $"* {name}: {Task(requirement)}",
            Needed(requirement) is { Count: > 0 } needed ? $"  It asks for {string.Join(", ", needed)}." : null,
            Own("Its terms", requirement.TermsOfUse),
            Own("How to reach those who decide", requirement.ActContactInfo),
            Own("What it says", requirement.Description),
            requirement.Url is { Length: > 0 } url ? $"  More about it: {url}" : null,
        ];
        return string.Join('\n', lines.OfType<string>());
    }

    private static string Task(AccessRequirement requirement) => requirement.ConcreteType switch
    {
        Prefix + "SelfSignAccessRequirement" or Prefix + "TermsOfUseAccessRequirement" => "accept its terms; that opens it at once.",
        Prefix + "ManagedACTAccessRequirement" => "request access; Synapse's access and compliance team decides on the request.",
        Prefix + "ACTAccessRequirement" => "ask Synapse's access and compliance team for access.",
        Prefix + "LockAccessRequirement" => "it is locked until Synapse's access and compliance team has looked at it.",
        _ => "meet what it asks for.",
    };

    private static List<string> Needed(AccessRequirement requirement)
    {
        (bool? Asked, string What)[] all =
        [
            (requirement.IsCertifiedUserRequired, "a certified account"),
            (requirement.IsValidatedProfileRequired, "a validated profile"),
            (requirement.IsTwoFaRequired, "two-factor authentication"),
            (requirement.IsDucRequired, "a signed data use certificate"),
            (requirement.IsIrbApprovalRequired, "an approval of an ethics board (IRB)"),
            (requirement.IsIduRequired, "a statement of the intended use"),
            (requirement.AreOtherAttachmentsRequired, "other documents"),
        ];
        return [.. all.Where(each => each.Asked == true).Select(each => each.What)];
    }

    private static string? Own(string heading, string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : $"  {heading}:\n\n    {text.Trim().ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal)}\n";
}
