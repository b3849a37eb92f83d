using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>What an activity may name as used. Source: ActivityServiceImpl.</summary>
internal static class UsedRule
{
    private const string Prefix = "org.sagebionetworks.repo.model.provenance.";
    private const string Entity = Prefix + "UsedEntity";
    private const string Url = Prefix + "UsedURL";

    // What java.net.URL knows; anything else is malformed there.
    private static readonly string[] Schemes = ["http", "https", "ftp", "file", "jar", "mailto"];

    /// <summary>The list as it is stored: a set, and every target at a version where it has one.</summary>
    /// <param name="currentVersion">The current version of an entity; null when there is no such entity.</param>
    public static IReadOnlyList<Used> Check(IReadOnlyList<Used?>? used, Func<long, long?> currentVersion) =>
        [.. (used ?? []).OfType<Used>().Select(item => Check(item, currentVersion)).Distinct()];

    private static Used Check(Used used, Func<long, long?> currentVersion)
    {
        switch (used.ConcreteType)
        {
            case Entity:
                return used with { Name = null, Url = null, Reference = Fill(used.Reference, currentVersion) };
            case Url:
                var isUrl = Uri.TryCreate(used.Url, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme);
                return isUrl
                    ? used with { Reference = null }
                    : throw ServiceException.BadRequest($"UsedURL url field is malformed: {used.Url}");
            default:
                throw ServiceException.BadRequest($"Unknown concreteType of what was used: {used.ConcreteType}");
        }
    }

    // Targets need not exist; those that do get the version of today.
    private static Reference? Fill(Reference? reference, Func<long, long?> currentVersion) =>
        reference is { TargetId: { } id, TargetVersionNumber: null }
            ? reference with { TargetVersionNumber = currentVersion(EntityIds.Parse(id)) }
            : reference;
}
