using SynapseFs.Core.Providers;
using SynapseFs.Entities.Documents;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>The file <c>status.json</c> in the root's hidden room: how the mount is, at the moment of looking. Costs no call.</summary>
/// <param name="status">The mount's status as JSON.</param>
internal sealed class StatusProvider(Func<ReadOnlyMemory<byte>> status, RecentDocuments recent, TimeProvider time) : NodeProvider
{
    public const string FileName = "status.json";

    private const string OnlyRevision = "1";

    public override NodeKind Kind => EntityKinds.Status;

    public override NodeType Type => NodeType.File;

    public override bool AsksRemotely => false;

    public static RemoteChild Child(string room) => new()
    {
        Name = FileName,
        Kind = EntityKinds.Status,
        RemoteId = room,
        Revision = OnlyRevision,
        Modified = DateTimeOffset.UnixEpoch,
        Created = DateTimeOffset.UnixEpoch,
    };

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var document = EntityDocument.OfText(status());
        var key = new ContentKey($"{Kind}-{document.Md5}", document.Md5);
        recent.Add(key, document);
        return Task.FromResult(new RemoteDetails
        {
            Revision = OnlyRevision,
            Modified = time.GetUtcNow(),
            Created = DateTimeOffset.UnixEpoch,
            Permissions = FilePermissions.AllRead,
            Length = document.Bytes.Length,
            Content = key,
            // The next look is at what is then.
            Lifetime = TimeSpan.Zero,
        });
    }

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => details.Content is { } key
        ? new DocumentContent(FileName, key, details.Length, recent, (_, _) => Task.FromResult(EntityDocument.OfText(status())))
        {
            IsRemote = false,
        }
        : throw new FsException(FsError.InputOutput, $"{FileName}: its content is not known.");

    public override string? RemoteIdOf(RemoteNode node) => null;
}
