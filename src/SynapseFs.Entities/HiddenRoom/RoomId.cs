using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.HiddenRoom;

/// <summary>
/// The remote id of a hidden room: which directory it belongs to, and whether that is the mount's root, whose room holds more.
/// Written <c>root:project:syn5</c> or <c>inner:folder:syn7</c>. Stored with the row, so it must never change its form.
/// </summary>
internal readonly record struct RoomId(bool IsRoot, NodeKind Kind, string DirectoryId)
{
    private const string Root = "root";
    private const string Inner = "inner";

    public static RoomId Of(RemoteNode directory, bool isRoot) => new(isRoot, directory.Kind, directory.RemoteId);

    public static RoomId Parse(string text) => text.Split(':', 3) is [var place, var kind, var id]
        ? new RoomId(place == Root, new NodeKind(kind), id)
        : throw new FormatException($"'{text}' is not a hidden room's id.");

    /// <summary>The directory it belongs to, as a provider is asked about it.</summary>
    public RemoteNode Directory => new(Kind, DirectoryId, "", Revision: null);

    public override string ToString() => $"{(IsRoot ? Root : Inner)}:{Kind}:{DirectoryId}";
}
