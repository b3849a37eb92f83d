using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>Which access requirements are accepted, and what is kept of each kind. Source: AccessRequirementManagerImpl.</summary>
internal static class RequirementRules
{
    private const string Prefix = "org.sagebionetworks.repo.model.";
    private const int MaxDescription = 50;
    public const string SelfSign = "SelfSignAccessRequirement";
    public const string TermsOfUse = "TermsOfUseAccessRequirement";
    public const string Act = "ACTAccessRequirement";
    public const string Managed = "ManagedACTAccessRequirement";
    public const string Lock = "LockAccessRequirement";
    public const string PostMessage = "PostMessageContentAccessRequirement";

    private static readonly string[] Kinds = [SelfSign, TermsOfUse, Act, Managed, Lock, PostMessage];

    /// <summary>The class name without its package; refuses what is no requirement.</summary>
    public static string KindOf(AccessRequirement requirement)
    {
        var name = requirement.ConcreteType is { } type && type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : null;
        return name is not null && Kinds.Contains(name)
            ? name
            : throw ServiceException.BadRequest($"Unknown type of access requirement: {requirement.ConcreteType}");
    }

    public static void Check(AccessRequirement requirement)
    {
        var kind = KindOf(requirement);
        var subjects = requirement.SubjectIds;
        var expected = requirement.AccessType switch
        {
            null => throw ServiceException.BadRequest("AccessType is required."),
            AccessTypes.Download => "ENTITY",
            "PARTICIPATE" => "TEAM",
            _ => throw ServiceException.BadRequest(
                $"Not support creating AccessRequirement with AccessType: {requirement.AccessType}"),
        };
        if (requirement.SubjectsDefinedByAnnotations == true && subjects is { Count: > 0 })
        {
            throw ServiceException.BadRequest(
                "When 'subjectsDefinedByAnnotations' = true, then subjectIds must be empty or excluded.");
        }

        if (requirement.SubjectsDefinedByAnnotations != true && subjects is null)
        {
            throw ServiceException.BadRequest(
                "When 'subjectsDefinedByAnnotations' = false (or excluded), then subjectIds must be included.");
        }

        if (kind == PostMessage)
        {
            throw ServiceException.BadRequest("No longer support PostMessageContentAccessRequirement.");
        }

        if (requirement.Description?.Length > MaxDescription)
        {
            throw ServiceException.BadRequest($"The AR description can be at most {MaxDescription} characters.");
        }

        if (subjects?.FirstOrDefault(subject => subject?.Type != expected) is { } odd)
        {
            throw ServiceException.BadRequest(
                $"Cannot apply AccessRequirement with AccessType {requirement.AccessType} to an object of type {odd.Type}");
        }

        if (subjects?.Any(subject => subject is null) == true)
        {
            throw ServiceException.BadRequest("subjectIds must not hold null.");
        }

        if (kind == Managed && requirement.ExpirationPeriod < 0)
        {
            throw ServiceException.BadRequest("When supplied, the expiration period should be greater than 0");
        }
    }

    /// <summary>The requirement with the fields of its kind only, those that have a default filled.</summary>
    public static AccessRequirement Trim(AccessRequirement sent)
    {
        var common = new AccessRequirement
        {
            ConcreteType = sent.ConcreteType,
            Name = sent.Name,
            Description = sent.Description,
            AccessType = sent.AccessType,
            SubjectsDefinedByAnnotations = sent.SubjectsDefinedByAnnotations,
        };
        return KindOf(sent) switch
        {
            SelfSign => common with
            {
                IsCertifiedUserRequired = sent.IsCertifiedUserRequired ?? false,
                IsValidatedProfileRequired = sent.IsValidatedProfileRequired ?? false,
            },
            TermsOfUse => common with { TermsOfUse = sent.TermsOfUse },
            Act => common with { ActContactInfo = sent.ActContactInfo, OpenJiraIssue = sent.OpenJiraIssue },
            Managed => TrimManaged(common, sent),
            Lock => common with { JiraKey = sent.JiraKey },
            _ => common with { Url = sent.Url },
        };
    }

    private static AccessRequirement TrimManaged(AccessRequirement common, AccessRequirement sent) => common with
    {
        IsCertifiedUserRequired = sent.IsCertifiedUserRequired ?? false,
        IsValidatedProfileRequired = sent.IsValidatedProfileRequired ?? false,
        IsDucRequired = sent.IsDucRequired ?? false,
        DucTemplateFileHandleId = sent.DucTemplateFileHandleId,
        IsIrbApprovalRequired = sent.IsIrbApprovalRequired ?? false,
        AreOtherAttachmentsRequired = sent.AreOtherAttachmentsRequired ?? false,
        ExpirationPeriod = sent.ExpirationPeriod ?? 0,
        IsIduPublic = sent.IsIduPublic ?? false,
        IsIduRequired = sent.IsIduRequired ?? true,
        IsTwoFaRequired = sent.IsTwoFaRequired ?? false,
    };
}
