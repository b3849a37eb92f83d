using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Rules.Schemas;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Schemas;

/// <summary>Entities and their annotations as one flat object: what clients see and what schemas judge.</summary>
internal sealed class EntityJson(
    Access access, Entities entities, Versions versions, AnnotationWriter writer, SchemaBindings bindings, ValidationSchemas schemas,
    SchemaResults results)
{
    private static readonly IReadOnlySet<string> NoLists = new HashSet<string>();

    public JsonObject Get(Caller caller, long id, bool withDerived)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        return Of(node, bindings.Find(id) is { } binding ? SchemaOf(binding) : null, withDerived);
    }

    /// <summary>Of a version: no schema is bound to one, and nothing is derived for it.</summary>
    public JsonObject Get(Caller caller, long id, long number)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        var version = entities.RequireVersion(node, number);
        return FlatJson.Of(EntityShape.Entity(node, version), version.Annotations, NoLists);
    }

    /// <summary>Replaces the annotations; the entity's own fields in the body are passed over.</summary>
    public JsonObject Put(Caller caller, long id, JsonElement body)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        writer.Replace(caller, id, GuessedAnnotations.Read(node.Kind, node.IdText, body));
        return Get(caller, id, withDerived: false);
    }

    public JsonObject Of(NodeRow node, JsonElement? schema, bool withDerived)
    {
        var version = versions.Current(node);
        var annotations = version.Annotations;
        if (withDerived)
        {
            annotations = results.WithDerived(node.Id, annotations);
        }

        var lists = schema is { } bound ? FlatJson.ListsOf(JsonObject.Create(bound)) : NoLists;
        return FlatJson.Of(EntityShape.Entity(node, version), annotations, lists);
    }

    /// <summary>The whole schema that a binding means; null: it cannot be had, so nothing can be judged by it.</summary>
    public JsonElement? SchemaOf(SchemaBindingRow binding)
    {
        try
        {
            return bindings.VersionOf(binding) is { } version ? schemas.Get(version.Name.Text) : null;
        }
        catch (ServiceException)
        {
            return null;
        }
    }
}
