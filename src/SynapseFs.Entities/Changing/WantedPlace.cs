using SynapseFs.Api;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Changing;

/// <summary>An entity with the name and parent that it is to have. Pure.</summary>
internal static class WantedPlace
{
    /// <returns>The same record where it stays as it is.</returns>
    /// <exception cref="ChangeRefusedException">PlaceChanged, or Impossible for a place where it cannot be.</exception>
    public static Entity Of(Entity entity, NodeKind kind, NodeUpdate update, EntityNames names)
    {
        if (update.Place is not { } place)
            return entity;
        RequirePossible(kind, place);
        var name = names.ToEntity(place.Name)
            ?? throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{place.Name}' can be no entity's name; give it another name.");
        if (IsAt(entity, kind, place, names))
            return entity;
        if (update.KnownPlace is { } known && !IsAt(entity, kind, known, names)
            && !update.OwnPlaces.Any(own => IsAt(entity, kind, own, names)))
            throw new ChangeRefusedException(
                ChangeRefusal.PlaceChanged,
                $"'{known.Name}' was renamed or moved in Synapse since: there it is '{entity.Name}' in {entity.ParentId} now.");
        return entity with { Name = name, ParentId = kind == EntityKinds.Project ? entity.ParentId : place.Parent };
    }

    // All projects have one parent, whose id is not what the list of a person's projects is called here.
    private static bool IsAt(Entity entity, NodeKind kind, NodePlace place, EntityNames names) =>
        (kind == EntityKinds.Project || entity.ParentId == place.Parent) && names.ToShown(entity.Name ?? "") == place.Name;

    private static void RequirePossible(NodeKind kind, NodePlace place)
    {
        var isInEntity = place.Parent.StartsWith("syn", StringComparison.Ordinal);
        if (kind == EntityKinds.Project && isInEntity)
            throw new ChangeRefusedException(
                ChangeRefusal.Impossible,
                $"'{place.Name}' is a project, and a project can be in no other directory than the list of projects.");
        if (kind != EntityKinds.Project && !isInEntity)
            throw new ChangeRefusedException(
                ChangeRefusal.Impossible, $"'{place.Name}' cannot stand beside projects: put it into one of them.");
    }
}
