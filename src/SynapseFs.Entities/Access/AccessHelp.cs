using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Access;

/// <summary>
/// How to get at contents that Synapse keeps back until somebody has agreed or been approved: of an entity, and of what lies directly in
/// a folder. Failures are <see cref="SynapseException"/>.
/// </summary>
internal sealed class AccessHelp(SynapseClient client, Portal portal)
{
    // Two calls for every 50 of them: a folder that is larger tells of its first ones.
    private const int MostPages = 5;

    private const string Afterwards = "Afterwards open it again: within a minute it can be read. Nothing has to be mounted anew.\n";

    /// <summary>The text, or null where nothing is kept back.</summary>
    public async Task<string?> FindAsync(EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        if (bundle is not { Entity: { Id: { } id } entity })
            return null;
        if (bundle.RestrictionInformation is { HasUnmetAccessRequirement: true } restriction)
            return await OfItselfAsync(entity, id, restriction, urgency, cancellationToken);
        if (!EntityKinds.IsContainer(EntityKinds.ForType(entity.ConcreteType)))
            return null;
        var locked = await FindLockedAsync(id, urgency, cancellationToken);
        return locked.Count == 0 ? null : OfChildren(entity, id, locked);
    }

    private async Task<string> OfItselfAsync(
        Entity entity, string id, RestrictionInformation restriction, Urgency urgency, CancellationToken cancellationToken)
    {
        var met = (restriction.RestrictionDetails ?? []).Where(detail => detail.IsMet == true).Select(detail => detail.AccessRequirementId);
        var requirements = await client.Requirements.GetAsync(id, urgency.ToPriority(), cancellationToken);
        var unmet = requirements.Where(requirement => !met.Contains(requirement.Id)).Select(RequirementText.Paragraph);
        return $"""
            {entity.Name} ({id}) can be listed and looked at, but what is in it cannot be read: {RequirementText.Level(restriction)}.

            Sign in and open {portal.PageOf(id)}
            The page says what is asked for, and takes your answer.

            {string.Join("\n\n", unmet)}

            {Afterwards}
            """.ReplaceLineEndings("\n");
    }

    private string OfChildren(Entity entity, string id, IReadOnlyList<(EntityHeader Header, RestrictionInformation Restriction)> locked)
    {
        var lines = locked.Select(each =>
            $"* {each.Header.Name}: {RequirementText.Level(each.Restriction)}. Sign in and open {portal.PageOf(each.Header.Id!)}");
        return $"""
            Some of what is in {entity.Name} ({id}) can be listed, but not read before you have agreed to something or been approved:

            {string.Join('\n', lines)}

            {Afterwards}
            """.ReplaceLineEndings("\n");
    }

    private async Task<IReadOnlyList<(EntityHeader Header, RestrictionInformation Restriction)>> FindLockedAsync(
        string folder, Urgency urgency, CancellationToken cancellationToken)
    {
        var children = new List<EntityHeader>();
        var request = new EntityChildrenRequest { ParentId = folder, IncludeTypes = EntityKinds.ListedTypes };
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.Children.GetPageAsync(request, urgency.ToPriority(), cancellationToken);
            children.AddRange(answer.Page.Where(header => header.Id is not null));
            if (string.IsNullOrEmpty(answer.NextPageToken))
                break;
            request = request with { NextPageToken = answer.NextPageToken };
        }

        var standing = await client.Requirements.GetStandingAsync(
            [.. children.Select(header => header.Id!)], urgency.ToPriority(), cancellationToken);
        var unmet = standing.Where(restriction => restriction is { HasUnmetAccessRequirement: true, ObjectId: not null })
            .DistinctBy(restriction => restriction.ObjectId)
            .ToDictionary(restriction => $"syn{restriction.ObjectId}", StringComparer.Ordinal);
        return [.. children.Where(header => unmet.ContainsKey(header.Id!)).Select(header => (header, unmet[header.Id!]))];
    }
}
