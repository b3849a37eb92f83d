using System.Globalization;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Files;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Past;

/// <summary>A file that has changed since a moment, as the version that was its newest then.</summary>
internal sealed class PastFileProvider(FileContents contents, PastVersions versions, FileDescriber describer) : NodeProvider
{
    public override NodeKind Kind => EntityKinds.PastFile;

    public override NodeType Type => NodeType.File;

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var past = PastId.Parse(node.RemoteId);
        if (await versions.FindAsync(past, urgency, cancellationToken) is not { Entity.VersionNumber: { } number } bundle)
            return Deleted(past);
        var id = SynapseEntityId.Parse(past.Id) with { Version = number };
        return await describer.DescribeAsync(id.ToString(), bundle, urgency, cancellationToken);
    }

    public override string ContentOwnerOf(RemoteNode node) => PastId.Parse(node.RemoteId).Id;

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) =>
        contents.Open(node with { RemoteId = PastId.Parse(node.RemoteId).Id }, details);

    // It was there, so its name is; what stood in it nobody can tell any more.
    private static RemoteDetails Deleted(PastId past)
    {
        var reason = string.Create(
            CultureInfo.InvariantCulture, $"The version of {past.Id} of {past.Moment:u} has been deleted since; nobody can tell what stood in it.");
        return new RemoteDetails
        {
            Revision = "deleted",
            Modified = past.Moment,
            Created = past.Moment,
            Permissions = FilePermissions.None,
            Length = 0,
            Denied = reason,
            Xattrs = new Dictionary<string, string> { ["user.synapse.id"] = past.Id, ["user.synapse.access"] = reason },
        };
    }
}
