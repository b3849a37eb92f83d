using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Provenance;

/// <summary>Which activity generated which version of an entity. Attaching and detaching reach the current version only.</summary>
internal sealed class Origins(Activities activities, Entities entities, Versions versions, Access access, Stamp stamp)
{
    /// <summary>Of the current version, or of the one named.</summary>
    public Activity Get(Caller caller, long id, long? number)
    {
        var node = access.Examine(caller, id).Node;
        var version = number is { } asked ? entities.RequireVersion(node, asked) : versions.Current(node);
        return version.ActivityId is { } activity
            ? activities.Get(caller, EntityShape.Text(activity))
            : throw ServiceException.NotFound("No activity");
    }

    /// <summary>Of the current version; null when there is none.</summary>
    public Activity? Find(Caller caller, NodeRow node) =>
        versions.Current(node).ActivityId is { } activity ? activities.Get(caller, EntityShape.Text(activity)) : null;

    public Activity Set(Caller caller, long id, string activity)
    {
        var node = Changeable(caller, id);
        Write(caller, node, activities.RequireForEntity(caller, activity));
        return activities.Get(caller, activity);
    }

    public void Clear(Caller caller, long id) => Write(caller, Changeable(caller, id), activity: null);

    private NodeRow Changeable(Caller caller, long id) =>
        access.Require(caller, id, AccessTypes.Update).Require(AccessTypes.Read).Node;

    private void Write(Caller caller, NodeRow node, long? activity)
    {
        var changed = stamp.Touch(node, caller);
        versions.Put(versions.Current(changed) with { ActivityId = activity });
    }
}
