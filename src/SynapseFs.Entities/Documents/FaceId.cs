using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Documents;

/// <summary>
/// The remote id of a face: its kind and the entity, <c>annotations-json:syn5</c>. Not the entity's own, as an editor that moves a face
/// aside deletes that and nothing else. Stored with the row, so it must never change its form.
/// </summary>
internal static class FaceId
{
    public static string Of(NodeKind face, string entity) => $"{face}:{entity}";

    public static SynapseEntityId EntityOf(string id) => SynapseEntityId.Parse(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    /// <summary>All nodes that show an entity.</summary>
    public static IReadOnlyList<string> NodesOf(string entity) => [entity, .. EntityKinds.FaceKinds.Select(face => Of(face, entity))];
}
