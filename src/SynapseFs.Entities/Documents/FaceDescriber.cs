using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>A face as a file.</summary>
internal sealed class FaceDescriber(Face face, Portal portal, PrincipalNames principals, RecentDocuments recent)
    : EntityDescriber(portal, principals)
{
    // As for an entity's JSON: not all that may stand in it moves the revision.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public override async Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var entity = SynapseEntityId.Parse(id);
        var isWritable = entity.Version is null && face.IsWritable(bundle);
        var permissions = isWritable ? FilePermissions.AllRead | FilePermissions.UserWrite : FilePermissions.AllRead;
        var document = await face.ReadAsync(entity, bundle, urgency, cancellationToken).ForAsync(id);
        var key = face.KeyOf(id, document);
        recent.Add(key, document);
        var details = await DescribeCommonAsync(id, bundle, permissions, urgency, cancellationToken);
        return details with
        {
            // What is shown may also follow from elsewhere, such as an access list that is inherited.
            Revision = $"{details.Revision} {document.Md5}",
            // Editors delete and rename what they save; what comes of it is decided when it is sent.
            Rights = isWritable ? NodeRights.Change | NodeRights.Delete : NodeRights.None,
            Length = document.Bytes.Length,
            Content = key,
            Lifetime = Lifetime,
        };
    }
}
