using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Links;

/// <summary>A link as a symbolic link.</summary>
internal sealed class LinkDescriber(Portal portal, PrincipalNames principals, LinkResolver resolver) : EntityDescriber(portal, principals)
{
    // A target that moves or is renamed changes nothing about the link.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public override async Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var details = await DescribeCommonAsync(id, bundle, FilePermissions.All, urgency, cancellationToken);
        var target = await resolver.ResolveAsync(bundle.Entity?.LinksTo, urgency, cancellationToken);
        return details with { Rights = EntityRights.OfLeaf(bundle.Permissions), LinkTarget = target, Lifetime = Lifetime };
    }
}
