using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Describing;

/// <summary>All that is worth knowing about one entity, in one call.</summary>
internal sealed class EntityReader(SynapseClient client, TimeProvider time)
{
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(30);

    private static readonly EntityBundleRequest Everything = new()
    {
        IncludeEntity = true,
        IncludeAnnotations = true,
        IncludePermissions = true,
        IncludeFileHandles = true,
        IncludeRestrictionInformation = true,
        IncludeActivity = true,
    };

    // Asked about an old version, the service answers with the activity of the current one.
    private static readonly EntityBundleRequest OfVersion = Everything with { IncludeActivity = null };

    // Lists of who may do what are long where a project has many members, and no file or directory shows them.
    private static readonly EntityBundleRequest WithAccess = Everything with { IncludeBenefactorACL = true };

    private volatile Answer? _last;

    /// <summary>What was told last of an entity as it is now, if that was moments ago.</summary>
    public EntityBundle? Recent => _last is { } last && time.GetElapsedTime(last.On) < Recently ? last.Bundle : null;

    /// <exception cref="FsException">NotFound, AccessDenied, Offline.</exception>
    public Task<EntityBundle> ReadAsync(SynapseEntityId id, Urgency urgency, CancellationToken cancellationToken) =>
        GetAsync(id, urgency, cancellationToken).ForAsync(id.ToString());

    /// <summary>As <see cref="ReadAsync"/>, with the access list that counts: all that faces show.</summary>
    public Task<EntityBundle> ReadFacesAsync(SynapseEntityId id, Urgency urgency, CancellationToken cancellationToken) =>
        GetFacesAsync(id, urgency, cancellationToken).ForAsync(id.ToString());

    /// <summary>As <see cref="ReadAsync"/>, but null for what is not there or hidden from the caller.</summary>
    public Task<EntityBundle?> FindAsync(SynapseEntityId id, Urgency urgency, CancellationToken cancellationToken) =>
        GetAsync(id, urgency, cancellationToken).OrNullAsync(id.ToString());

    /// <summary>As <see cref="ReadAsync"/>, but null for what is not there; what is there and hidden is AccessDenied.</summary>
    public async Task<EntityBundle?> FindByIdAsync(SynapseEntityId id, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(id, urgency, cancellationToken);
        }
        catch (FsException exception) when (exception.Error == FsError.NotFound)
        {
            return null;
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, but failures are <see cref="SynapseException"/>.</summary>
    public async Task<EntityBundle> GetAsync(SynapseEntityId id, Urgency urgency, CancellationToken cancellationToken)
    {
        // Taken before: what it tells may be as old as that.
        var on = time.GetTimestamp();
        var bundle = await client.Entities.GetBundleAsync(
            id.Id, id.Version, id.Version is null ? Everything : OfVersion, urgency.ToPriority(), cancellationToken);
        if (id.Version is null)
            _last = new Answer(bundle, on);
        return bundle;
    }

    /// <summary>As <see cref="ReadFacesAsync"/>, but failures are <see cref="SynapseException"/>.</summary>
    public Task<EntityBundle> GetFacesAsync(SynapseEntityId id, Urgency urgency, CancellationToken cancellationToken) =>
        client.Entities.GetBundleAsync(id.Id, id.Version, WithAccess, urgency.ToPriority(), cancellationToken);

    private sealed record Answer(EntityBundle Bundle, long On);
}
