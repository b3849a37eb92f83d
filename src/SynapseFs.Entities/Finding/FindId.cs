using SynapseFs.Entities.HiddenRoom;

namespace SynapseFs.Entities.Finding;

/// <summary>
/// The remote id of a directory of things found: the room it belongs to, and the names of the terms on the way to it. Written
/// <c>inner:folder:syn7/species=human/assay=rnaSeq</c>; a name of a term holds no slash. Stored with the row.
/// </summary>
internal sealed record FindId(RoomId Room, IReadOnlyList<string> Terms)
{
    public static FindId Parse(string text) => text.Split('/') is [var room, .. var terms]
        ? new FindId(RoomId.Parse(room), terms)
        : throw new FormatException($"'{text}' is no id of things found.");

    public FindId With(string term) => this with { Terms = [.. Terms, term] };

    public override string ToString() => string.Join('/', [Room.ToString(), .. Terms]);
}
