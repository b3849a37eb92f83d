using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Tree;

/// <summary>Reads and replaces the annotations of entities.</summary>
internal sealed class AnnotationWriter(Versions versions, Access access, Stamp stamp, Entities entities)
{
    public Annotations Get(Caller caller, long id)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        return EntityShape.Annotations(node, versions.Current(node), node.Etag);
    }

    /// <summary>Of a version; the etag is never one to update with, even when the version is the current one.</summary>
    public Annotations Get(Caller caller, long id, long number)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        return EntityShape.Annotations(node, entities.RequireVersion(node, number), EntityShape.NoEtag);
    }

    /// <summary>The whole set of the current version: a key that is missing is deleted.</summary>
    public Annotations Replace(Caller caller, long id, Annotations body)
    {
        if (string.IsNullOrEmpty(body.Id))
        {
            throw ServiceException.BadRequest("Annotations must have a non-null id");
        }

        if (string.IsNullOrEmpty(body.Etag))
        {
            throw ServiceException.BadRequest("Annotations must have a non-null etag");
        }

        var node = access.Require(caller, id, AccessTypes.Update).Node;
        var values = body.Values ?? new Dictionary<string, AnnotationsValue>();
        AnnotationRules.Check(values);
        Stamp.RequireEtag(node, body.Etag);
        return Write(caller, node, values);
    }

    /// <summary>Bundle updates add and change keys, they remove none, and ignore the etag.</summary>
    public Annotations Merge(Caller caller, long id, IReadOnlyDictionary<string, AnnotationsValue> values)
    {
        var node = access.Require(caller, id, AccessTypes.Update).Node;
        var merged = new Dictionary<string, AnnotationsValue>(versions.Current(node).Annotations, StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            merged[key] = value;
        }

        AnnotationRules.Check(merged);
        return Write(caller, node, merged);
    }

    private Annotations Write(Caller caller, NodeRow node, IReadOnlyDictionary<string, AnnotationsValue> values)
    {
        var changed = stamp.Touch(node, caller);
        var version = versions.Current(changed) with { Annotations = values };
        versions.Put(version);
        return EntityShape.Annotations(changed, version, changed.Etag);
    }
}
