using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Access;
using SynapseFs.Entities.Describing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Folders;

/// <summary>A project or folder as a directory.</summary>
internal sealed class ContainerDescriber(Portal portal, PrincipalNames principals) : EntityDescriber(portal, principals)
{
    /// <summary>Of a directory that takes no new names.</summary>
    public const FilePermissions Permissions = FilePermissions.AllRead | FilePermissions.AllExecute;

    public override async Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var rights = EntityRights.OfContainer(bundle.Permissions);
        var permissions = rights.HasFlag(NodeRights.AddChildren) ? Permissions | FilePermissions.UserWrite : Permissions;
        var details = await DescribeCommonAsync(id, bundle, permissions, urgency, cancellationToken) with { Rights = rights };
        return WithFacts(details, ("access", RequirementText.WhyLocked(id, bundle, Portal)));
    }
}
