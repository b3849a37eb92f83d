using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Finding;

/// <summary>A link to something found. Its remote id is where that is in the mount.</summary>
internal sealed class FoundLinkProvider : NodeProvider
{
    private const string OnlyRevision = "1";

    public override NodeKind Kind => EntityKinds.FoundLink;

    public override NodeType Type => NodeType.SymbolicLink;

    public override bool AsksRemotely => false;

    /// <param name="path">Of what was found, from the mount's root.</param>
    public static RemoteChild Link(string name, string path) => new()
    {
        Name = name,
        Kind = EntityKinds.FoundLink,
        RemoteId = path,
        Revision = OnlyRevision,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
        Details = DetailsOf(path),
    };

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(DetailsOf(node.RemoteId));

    public override string? RemoteIdOf(RemoteNode node) => null;

    private static RemoteDetails DetailsOf(string path) => new()
    {
        Revision = OnlyRevision,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
        Permissions = FilePermissions.All,
        LinkTarget = path,
    };
}
