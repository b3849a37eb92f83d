using System.Text;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Access;

/// <summary><c>of/NAME/HOW-TO-GET-ACCESS.txt</c>: there only where something cannot be read for want of an agreement or approval.</summary>
internal sealed class HowToProvider(AccessHelp help, EntityReader reader, RecentDocuments recent) : NodeProvider
{
    public const string FileName = "HOW-TO-GET-ACCESS.txt";

    // What the service asks for changes without the entity, and so does what the caller has agreed to.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public override NodeKind Kind => EntityKinds.HowToGetAccess;

    public override NodeType Type => NodeType.File;

    /// <summary>The file of one entity, or null where nothing is kept back.</summary>
    public async Task<RemoteChild?> FindAsync(
        SynapseEntityId id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        if (await TryDescribeAsync(id, bundle, urgency, cancellationToken) is not { } details)
            return null;
        return new RemoteChild
        {
            Name = FileName,
            Kind = Kind,
            RemoteId = FaceId.Of(Kind, id.Id),
            Revision = details.Revision,
            Modified = details.Modified,
            Created = details.Created,
            Details = details,
        };
    }

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = FaceId.EntityOf(node.RemoteId);
        var bundle = await reader.ReadAsync(id, urgency, cancellationToken);
        return await TryDescribeAsync(id, bundle, urgency, cancellationToken)
            ?? throw new FsException(FsError.NotFound, $"{id}: nothing is kept back any more.");
    }

    public override string? RemoteIdOf(RemoteNode node) => null;

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => details.Content is { } key
        ? new DocumentContent(node.RemoteId, key, details.Length, recent, (urgency, token) => ReadAsync(node.RemoteId, urgency, token))
        : throw new FsException(FsError.InputOutput, $"{node.RemoteId}: its content is not known.");

    private async Task<EntityDocument> ReadAsync(string node, Urgency urgency, CancellationToken cancellationToken)
    {
        var bundle = await reader.GetAsync(FaceId.EntityOf(node), urgency, cancellationToken);
        return EntityDocument.OfText(Encoding.UTF8.GetBytes(await help.FindAsync(bundle, urgency, cancellationToken) ?? ""));
    }

    private async Task<RemoteDetails?> TryDescribeAsync(
        SynapseEntityId id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        if (await help.FindAsync(bundle, urgency, cancellationToken).ForAsync(id.ToString()) is not { } text)
            return null;
        var document = EntityDocument.OfText(Encoding.UTF8.GetBytes(text));
        var key = new ContentKey($"{Kind}-{id}-{document.Md5}", document.Md5);
        recent.Add(key, document);
        var modified = bundle.Entity?.ModifiedOn ?? DateTimeOffset.UnixEpoch;
        return new RemoteDetails
        {
            Revision = document.Md5,
            Modified = modified,
            Created = modified,
            Permissions = FilePermissions.AllRead,
            Length = document.Bytes.Length,
            Content = key,
            Lifetime = Lifetime,
        };
    }
}
