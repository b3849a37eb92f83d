using SynapseFs.Api;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Folders;

/// <summary>A directory's headers as children with the names they are shown under. Pure.</summary>
internal static class ShownChildren
{
    /// <param name="headers">All of one directory; pages that shifted while they were read may hold one twice.</param>
    /// <param name="names">How names are shown.</param>
    public static IReadOnlyList<RemoteChild> Of(IEnumerable<EntityHeader> headers, EntityNames names)
    {
        var known = headers.Where(header => header is { Id: not null, Name: not null }).DistinctBy(header => header.Id).ToList();
        var taken = known.Select(header => header.Name!).ToHashSet(StringComparer.Ordinal);
        return [.. known.Select(header => Show(header, taken, names)).DistinctBy(child => child.Name)];
    }

    private static RemoteChild Show(EntityHeader header, HashSet<string> taken, EntityNames names)
    {
        var kind = EntityKinds.ForType(header.Type);
        return new RemoteChild
        {
            Name = kind == EntityKinds.Document
                ? EntityNames.ToDocument(header.Name!, header.Id!, names.RivalOf(header.Name!) is { } rival && taken.Contains(rival))
                : names.ToShown(header.Name!),
            Kind = kind,
            RemoteId = header.Id!,
            Revision = EntityRevision.Of(header),
            Modified = header.ModifiedOn ?? DateTimeOffset.UnixEpoch,
            Created = header.CreatedOn ?? DateTimeOffset.UnixEpoch,
        };
    }
}
