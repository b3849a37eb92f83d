using System.Globalization;
using SynapseFs.Api;

namespace SynapseFs.Entities;

/// <summary>
/// What changes whenever an entity does: the version's number and the modification date, which every update of the entity, its
/// annotations or its sharing moves. Kinds without versions count as version 1, as listing headers have it.
/// </summary>
internal static class EntityRevision
{
    public static string Of(EntityHeader header) => Of(header.VersionNumber, header.ModifiedOn);

    public static string Of(Entity entity) => Of(entity.VersionNumber, entity.ModifiedOn);

    /// <summary>The version in a revision; null: there is none.</summary>
    public static long? VersionOf(string? revision) =>
        long.TryParse(revision?.Split('@')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Whether the entity has the content that it had at that revision: another file handle makes another version. True where nothing is known.</summary>
    public static bool IsOfVersion(string? revision, Entity entity) => VersionOf(revision) is not { } version || version == (entity.VersionNumber ?? 1);

    private static string Of(long? version, DateTimeOffset? modified) =>
        string.Create(CultureInfo.InvariantCulture, $"{version ?? 1}@{modified?.ToUnixTimeMilliseconds() ?? 0}");
}
