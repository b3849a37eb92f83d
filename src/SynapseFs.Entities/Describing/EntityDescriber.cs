using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Describing;

/// <summary>Tells what an entity's bundle means for one kind of node.</summary>
internal abstract class EntityDescriber(Portal portal, PrincipalNames principals)
{
    protected Portal Portal { get; } = portal;

    /// <param name="id">The node's remote id, with its version if it has one.</param>
    /// <param name="bundle">The entity as the service tells it.</param>
    public abstract Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken);

    /// <summary>What is alike for all kinds: revision, dates and facts. Rights are the kind's own to tell.</summary>
    protected async Task<RemoteDetails> DescribeCommonAsync(
        string id, EntityBundle bundle, FilePermissions permissions, Urgency urgency, CancellationToken cancellationToken)
    {
        var entity = bundle.Entity ?? throw new FsException(FsError.InputOutput, $"{id}: Synapse's answer holds no entity.");
        string[] people = [.. new[] { entity.CreatedBy, entity.ModifiedBy }.OfType<string>()];
        var names = await principals.GetAsync(people, urgency, cancellationToken);
        return new RemoteDetails
        {
            Revision = EntityRevision.Of(entity),
            Modified = entity.ModifiedOn ?? entity.CreatedOn ?? DateTimeOffset.UnixEpoch,
            Created = entity.CreatedOn ?? DateTimeOffset.UnixEpoch,
            Permissions = permissions,
            Xattrs = EntityFacts.Of(bundle, Portal.PageOf(id), names),
        };
    }

    /// <summary>The same details with further facts; unknown ones are left out.</summary>
    protected static RemoteDetails WithFacts(RemoteDetails details, params ReadOnlySpan<(string Fact, string? Value)> facts)
    {
        var xattrs = new Dictionary<string, string>(details.Xattrs, StringComparer.Ordinal);
        foreach (var (fact, value) in facts)
            EntityFacts.Add(xattrs, fact, value);
        return details with { Xattrs = xattrs };
    }
}
