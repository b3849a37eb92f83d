using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests.Support;

/// <summary>Node rows for tests.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Then = new(2025, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);

    public static NodeRow Root(string remoteId = "syn1") => Child(InodeNumber.Root, "", remoteId) with { Kind = "project" };

    public static NodeRow Child(InodeNumber parent, string name, string remoteId = "syn2") => new()
    {
        Parent = parent,
        Name = name,
        Kind = "file",
        RemoteId = remoteId,
        Revision = "1@1746515289123",
        Modified = Then,
        Created = Then.AddDays(-1),
    };

    public static NodeDetails Details() => new()
    {
        Revision = "1@1746515289123",
        Modified = Then,
        Created = Then.AddDays(-1),
        Permissions = FilePermissions.AllRead,
        Rights = NodeRights.Change | NodeRights.Delete,
        Length = 5_000_000_000,
        Content = new ContentKey("file-handle-7", "0123456789abcdef0123456789abcdef"),
        LinkTarget = "/a folder/b",
        Denied = "Ask at https://www.synapse.org/Synapse:syn2.",
        Xattrs = new Dictionary<string, string> { ["user.species"] = "human", ["user.größe"] = "[\"1\",\"2\"]" },
        DescribedOn = Then.AddHours(1),
        BelievedUntil = Then.AddHours(2),
    };

    /// <summary>A change of a node in which everything is set.</summary>
    public static JournalEntry Entry(InodeNumber inode, long sequence = 1) => new()
    {
        Inode = inode,
        Sequence = sequence,
        Since = Then,
        RemoteParent = "syn7",
        RemoteName = "its old name",
        BaseRevision = "1@1746515289123",
        BaseContent = new ContentKey("file-handle-7", "0123456789abcdef0123456789abcdef"),
        Staged = 4,
        SentContent = "file-handle-8",
        LinkTo = InodeNumber.Root,
        Note = "how it came about",
        Xattrs = XattrChanges.None
            .With("user.species", new XattrChange("mouse", null, "human"))
            .With("user.größe", new XattrChange(null, null, "[\"1\",\"2\"]"))
            .With("user.count", new XattrChange("7", "LONG", null) { IsBaseKnown = false }),
    };

    /// <summary>An attribute of a program's own, with bytes that are no text.</summary>
    public static Dictionary<string, byte[]> LocalXattrs() => new() { ["user.DOSATTRIB"] = [0, 255, 32] };

    public static DeletionEntry Deletion(string remoteId, long sequence = 1) => new()
    {
        RemoteId = remoteId,
        Kind = "file",
        IsDirectory = false,
        Sequence = sequence,
        Since = Then,
        Parent = InodeNumber.Root,
        RemoteParent = "syn1",
        Name = "gone.txt",
        Revision = "3@1746515289123",
        Content = new ContentKey("file-handle-9", null),
    };

    /// <summary>One that changes content and place, and one that changes the content only.</summary>
    public static IReadOnlyList<UnansweredCall> Unanswered(string remoteId) =>
    [
        new UnansweredCall(remoteId, "file-handle-8", "syn7", "its new name"), new UnansweredCall(remoteId, "file-handle-9", null, null),
    ];

    public static DoubtfulContent InDoubt() => new(
        new ContentKey("in doubt", "0123456789abcdef0123456789abcdef"), 20_000_000, DoubtFinding.Misled, ["/a folder/reads.bam", "/again"]);

    public static StagedRow Staged(long number) => new(
        number, 5_000, "0-1000,2000-2001", new ContentKey("file-handle-7", "0123456789abcdef0123456789abcdef"), number - 1, 4_000, 3_000,
        "syn2");

    /// <summary>The tree with its root in place.</summary>
    public static NodeTable WithRoot(this NodeTable nodes)
    {
        nodes.EnsureRoot(Root());
        return nodes;
    }
}
