using System.Security.Cryptography;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Past;

/// <summary>The text at the root of a mount of the past that says what it shows, and what nobody can know. The same for the same id.</summary>
internal sealed class PastReadme : NodeProvider
{
    private const string Name = "README";
    private const string OnlyRevision = "1";

    public override NodeKind Kind => EntityKinds.PastReadme;

    public override NodeType Type => NodeType.File;

    public override bool AsksRemotely => false;

    /// <param name="taken">Names beside it, which it keeps clear of.</param>
    public static RemoteChild Child(PastId past, IReadOnlySet<string> taken)
    {
        var name = Name;
        while (taken.Contains(name))
            name += "_";
        return new RemoteChild
        {
            Name = name,
            Kind = EntityKinds.PastReadme,
            RemoteId = past.ToString(),
            Revision = OnlyRevision,
            Modified = past.Moment,
            Created = past.Moment,
            Details = DetailsOf(past),
        };
    }

    public override Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(DetailsOf(PastId.Parse(node.RemoteId)));

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => new Content(Text(PastId.Parse(node.RemoteId)));

    public override string? RemoteIdOf(RemoteNode node) => null;

    private static RemoteDetails DetailsOf(PastId past)
    {
        var text = Text(past);
#pragma warning disable CA5351 // MD5 names content here
        var md5 = Convert.ToHexStringLower(MD5.HashData(text));
#pragma warning restore CA5351
        return new RemoteDetails
        {
            Revision = OnlyRevision,
            Modified = past.Moment,
            Created = past.Moment,
            Permissions = FilePermissions.AllRead,
            Length = text.Length,
            Content = new ContentKey($"past-readme-{past}-{md5}", md5),
        };
    }

    private static byte[] Text(PastId past) => Encoding.UTF8.GetBytes(
        $"""
        {past.Id} as its files stood at {SynapseDateConverter.Text(past.Moment)}. Nothing can be changed here.

        Each file is shown in the newest version that was there at that moment, with the annotations and dates of that version. Files and
        folders that were made later are not shown.

        A version's date is the date of its last change. Where a version was only renamed, moved, annotated or shared differently after the
        moment, it is shown because its bytes had been uploaded before; its annotations and date are then those of today. Whether bytes that
        were uploaded before became a version only afterwards, nobody can tell.

        What Synapse does not remember, and so is as it is today:
        - names and places: what was renamed or moved since stands where it is now, and what was moved out of here is missing;
        - what was deleted since is missing. Of a file whose version of then was deleted the name is shown and cannot be read;
        - annotations of folders, where links lead, and the JSON of tables, views and whatever else is no file;
        - who may read what.

        What has been listed once stays as listed, as long as the cache directory is kept. The way .synapse/by-id leads to the things of today.

        """);

    private sealed class Content(byte[] text) : RemoteContent
    {
        public override long? Length => text.Length;

        public override Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
        {
            var start = (int)Math.Min(offset, text.Length);
            var count = (int)Math.Min(length ?? long.MaxValue, text.Length - start);
            return Task.FromResult<Stream>(new MemoryStream(text, start, count, writable: false));
        }
    }
}
