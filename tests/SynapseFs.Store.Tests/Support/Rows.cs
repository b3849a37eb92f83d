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
        Length = 5_000_000_000,
        Content = new ContentKey("file-handle-7", "0123456789abcdef0123456789abcdef"),
        LinkTarget = "/a folder/b",
        Denied = "Ask at https://www.synapse.org/Synapse:syn2.",
        Xattrs = new Dictionary<string, string> { ["user.species"] = "human", ["user.größe"] = "[\"1\",\"2\"]" },
        DescribedOn = Then.AddHours(1),
        BelievedUntil = Then.AddHours(2),
    };

    /// <summary>The tree with its root in place.</summary>
    public static NodeTable WithRoot(this NodeTable nodes)
    {
        nodes.EnsureRoot(Root());
        return nodes;
    }
}
