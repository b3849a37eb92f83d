using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Folders;

/// <summary>A project or folder as a directory.</summary>
internal sealed class ContainerDescriber(Portal portal, PrincipalNames principals) : EntityDescriber(portal, principals)
{
    public const FilePermissions Permissions = FilePermissions.AllRead | FilePermissions.AllExecute;

    public override Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken) =>
        DescribeCommonAsync(id, bundle, Permissions, urgency, cancellationToken);
}
