using System.Security.Cryptography;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>One thing of the scripted world. Change it through <see cref="World"/>, so that its revision moves.</summary>
public sealed class WorldNode
{
    internal WorldNode(string id, string name, NodeKind kind) => (Id, Name, Kind) = (id, name, kind);

    public string Id { get; }

    public string Name { get; internal set; }

    public NodeKind Kind { get; }

    public int Version { get; internal set; } = 1;

    public DateTimeOffset Modified { get; internal set; }

    public DateTimeOffset Created { get; internal set; }

    public byte[] Bytes { get; internal set; } = [];

    /// <summary>Counts the contents this thing has had; part of the content's key.</summary>
    public int Content { get; internal set; } = 1;

    /// <summary>The id of the content when somebody sent it through a provider.</summary>
    internal string? SentContent { get; set; }

    public bool HasMd5 { get; set; } = true;

    /// <summary>Whether the world tells the length; where it does not, content is read from the start only.</summary>
    public bool HasLength { get; set; } = true;

    public string? Denied { get; set; }

    public string? LinkTarget { get; internal set; }

    /// <summary>What the account may do with it.</summary>
    public NodeRights Rights { get; set; } = NodeRights.All;

    /// <summary>The directory it is in; null for the root and for what was deleted.</summary>
    public WorldNode? Parent { get; internal set; }

    public Dictionary<string, string> Xattrs { get; } = [];

    public string Revision => $"{Version}@{Modified.ToUnixTimeMilliseconds()}";

    private bool IsFile => Kind == World.FileKind || Kind == World.TextKind;

    public List<WorldNode> Children { get; } = [];

#pragma warning disable CA5351 // the remote service promises MD5; it guards against mishaps, not malice
    public ContentKey Key => new(SentContent ?? $"{Id}.{Content}", HasMd5 ? Convert.ToHexStringLower(MD5.HashData(Bytes)) : null);
#pragma warning restore CA5351

    internal RemoteChild ToChild() => new()
    {
        Name = Name,
        Kind = Kind,
        RemoteId = Id,
        Revision = Revision,
        Modified = Modified,
        Created = Created,
    };

    internal RemoteDetails ToDetails() => new()
    {
        Revision = Revision,
        Modified = Modified,
        Created = Created,
        Permissions = FilePermissions.AllRead | FilePermissions.UserWrite | (Kind == World.DirectoryKind ? FilePermissions.AllExecute : 0),
        Rights = Rights,
        Length = IsFile && HasLength ? Bytes.Length : null,
        Content = IsFile && Denied is null ? Key : null,
        LinkTarget = LinkTarget,
        Denied = Denied,
        Xattrs = new Dictionary<string, string>(Xattrs),
    };
}
