using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;

namespace SynapseFs.Entities.Access;

/// <summary>
/// Keeps a person from taking away from themselves the right to see an entity and to share it. The service keeps only those from it who
/// have not made the entity. Failures are <see cref="SynapseException"/>.
/// </summary>
internal sealed class LockOut(SynapseClient client, OwnId caller)
{
    private const long CertifiedUsers = 3;

    private static readonly string[] Needed = ["READ", "CHANGE_PERMISSIONS"];

    /// <param name="granted">The list that is to count.</param>
    /// <exception cref="ChangeRefusedException">Impossible.</exception>
    public async Task RequireNotByListAsync(
        EntityBundle bundle, IReadOnlyDictionary<long, IReadOnlySet<string>> granted, Urgency urgency, CancellationToken cancellationToken)
    {
        var own = await caller.GetAsync(urgency, cancellationToken);
        HashSet<long> principals = [SharedPrincipals.Number(own) ?? 0, SharedPrincipals.AuthenticatedUsers, SharedPrincipals.Public];
        if (bundle.Permissions?.IsCertifiedUser == true)
            principals.Add(CertifiedUsers);
        if (IsEnough(granted, principals))
            return;
        // Asked only where nothing else answers it: most people name themselves.
        var teams = await client.Account.GetTeamIdsAsync(own, urgency.ToPriority(), cancellationToken);
        principals.UnionWith(teams.Select(SharedPrincipals.Number).OfType<long>());
        if (!IsEnough(granted, principals))
            throw Refuse("the list gives you no \"admin\", neither by your name nor by a team of yours");
    }

    /// <summary>As <see cref="RequireNotByListAsync"/>, for what is to inherit.</summary>
    public async Task RequireNotByInheritingAsync(EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var above = await client.Entities.GetPermissionsAsync(bundle.Entity!.ParentId ?? "", urgency.ToPriority(), cancellationToken);
        if (above is not { CanView: true, CanChangePermissions: true })
            throw Refuse("what is above it gives you no \"admin\"");
    }

    private static bool IsEnough(IReadOnlyDictionary<long, IReadOnlySet<string>> granted, HashSet<long> principals) =>
        Needed.All(type => granted.Any(entry => principals.Contains(entry.Key) && entry.Value.Contains(type)));

    private static ChangeRefusedException Refuse(string why) =>
        new(ChangeRefusal.Impossible, $"It would lock you out: {why}, so you could not take it back.");
}
