using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Access;

/// <summary>Who may do what, as a text: its own list, or that which it inherits.</summary>
internal sealed class AccessFace(SynapseClient client, EntityReader reader, SharedPrincipals principals, LockOut lockOut) : Face
{
    private const int Tries = 5;

    // The service's words for a list that came or went between reading and writing.
    private static readonly string[] Overtaken = ["already has an ACL", "already inherits", "which inherits its permissions"];

    public override NodeKind Kind => EntityKinds.AccessJson;

    public override string FileName => "access.json";

    public override bool IsWritable(EntityBundle bundle) => bundle.Permissions?.CanChangePermissions == true;

    public override Task<EntityDocument> ReadAsync(
        SynapseEntityId id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken) =>
        ReadAsync(bundle, urgency, cancellationToken);

    public override void Check(ReadOnlyMemory<byte> text) => SharingJson.Read(text);

    public override async Task CheckRemotelyAsync(SynapseEntityId id, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var bundle = await reader.GetFacesAsync(id, Urgency.Waiting, cancellationToken);
        await FindChangeAsync(bundle, text, requireKnown: _ => { }, Urgency.Waiting, cancellationToken);
    }

    public override async Task<EntityBundle> WriteAsync(
        SynapseEntityId id, ReadOnlyMemory<byte> text, Action<EntityDocument> requireKnown, Urgency urgency,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var bundle = await reader.GetFacesAsync(id, urgency, cancellationToken);
            if (await FindChangeAsync(bundle, text, requireKnown, urgency, cancellationToken) is not { } change)
                return bundle;
            try
            {
                await SendAsync(id.Id, Sharing.Of(bundle), change, urgency.ToPriority(), cancellationToken);
                return await reader.GetFacesAsync(id, urgency, cancellationToken);
            }
            catch (SynapseException exception) when (attempt < Tries && IsOvertaken(exception))
            {
                // Changed between reading and writing, perhaps by a try of ours whose answer was lost: reading again tells.
            }
        }
    }

    private async Task<EntityDocument> ReadAsync(EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var sharing = Sharing.Of(bundle);
        return SharingJson.Write(sharing, await principals.NamesOfAsync(sharing.Granted.Keys, urgency, cancellationToken));
    }

    /// <returns>Null: it is so already.</returns>
    private async Task<SharingChange?> FindChangeAsync(
        EntityBundle bundle, ReadOnlyMemory<byte> text, Action<EntityDocument> requireKnown, Urgency urgency,
        CancellationToken cancellationToken)
    {
        var present = Sharing.Of(bundle);
        var wanted = Understood(text);
        var granted = wanted.SharedWith is null
            ? present.Granted
            : await principals.ResolveAsync(wanted.SharedWith, present.Granted, urgency, cancellationToken);
        var isSameList = present.Grants(granted);
        if (wanted.Inherits == present.IsInherited && isSameList && !IsElsewhere(wanted, present))
            return null;
        var shown = await ReadAsync(bundle, urgency, cancellationToken);
        try
        {
            requireKnown(shown);
        }
        catch (ChangeRefusedException) when (wanted.Inherits && present.IsInherited)
        {
            // It inherits since the text was made, perhaps by a try of ours whose answer was lost; the list in it is the one it had.
            return null;
        }

        if (wanted.Inherits && (!isSameList || IsElsewhere(wanted, present)))
            throw Refuse("What inherits has the list of what is above it: write \"inherits\": false for a list of its own, or leave "
                + "sharedWith and inheritsFrom out.");
        if (!IsWritable(bundle))
            throw new ChangeRefusedException(
                ChangeRefusal.NotAllowed, $"You may not share {bundle.Entity!.Id}: that takes \"admin\", which its administrators can give.");
        if (!wanted.Inherits)
            await lockOut.RequireNotByListAsync(bundle, granted, urgency, cancellationToken);
        else if (bundle.Entity!.ConcreteType == SynapseTypes.Project)
            throw Refuse("A project has nothing above it to inherit from.");
        else
            await lockOut.RequireNotByInheritingAsync(bundle, urgency, cancellationToken);
        return new SharingChange(wanted.Inherits ? null : granted);
    }

    private Task SendAsync(
        string id, Sharing present, SharingChange change, RequestPriority priority, CancellationToken cancellationToken)
    {
        if (change.Granted is not { } granted)
            return client.Entities.DeleteAclAsync(id, priority, cancellationToken);
        var entries = granted.Select(entry => new ResourceAccess
        {
            PrincipalId = entry.Key,
            AccessType = [.. AccessLevels.Order(entry.Value)],
        });
        return present.IsInherited
            ? client.Entities.CreateAclAsync(id, new AccessControlList { ResourceAccess = [.. entries] }, priority, cancellationToken)
            : client.Entities.UpdateAclAsync(id, present.List with { ResourceAccess = [.. entries] }, priority, cancellationToken);
    }

    private static bool IsElsewhere(SharingText wanted, Sharing present) =>
        wanted is { Inherits: true, InheritsFrom: { } from } && present.IsInherited && from != present.Owner;

    private static bool IsOvertaken(SynapseException exception) =>
        exception.Failure == SynapseFailure.StaleEtag
        || (exception.Failure == SynapseFailure.Forbidden
            && Overtaken.Any(words => exception.Reason.Contains(words, StringComparison.OrdinalIgnoreCase)));

    private static SharingText Understood(ReadOnlyMemory<byte> text)
    {
        try
        {
            return SharingJson.Read(text);
        }
        catch (FsException refusal)
        {
            throw new ChangeRefusedException(ChangeRefusal.Impossible, refusal.Message, refusal);
        }
    }

    private static ChangeRefusedException Refuse(string message) => new(ChangeRefusal.Impossible, message);

    /// <param name="Granted">The list of its own; null: it inherits.</param>
    private sealed record SharingChange(IReadOnlyDictionary<long, IReadOnlySet<string>>? Granted);
}
