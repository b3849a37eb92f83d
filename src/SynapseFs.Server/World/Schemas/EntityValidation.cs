using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Rules.Schemas;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Schemas;

/// <summary>
/// Judges one entity by the schema that holds for it: what it reads and what it writes are short transactions, the judging itself
/// blocks nobody. Source: EntitySchemaValidator.
/// </summary>
internal sealed class EntityValidation(SynapseWorld world, TimeProvider time)
{
    // A result nests two levels of JSON a violation, and readers stop at 64.
    private const int MaxNesting = 20;

    /// <param name="always">Also when there is a result for the entity as it is and for the schema of that name.</param>
    public void Run(long id, bool always)
    {
        if (world.Transact(() => Prepare(id, always)) is not { } judged)
        {
            return;
        }

        var violation = new SchemaValidator(judged.Schema).Validate(judged.Instance);
        var derived = violation is null && judged.IsDerived ? Derive(judged) : new Dictionary<string, AnnotationsValue>();
        var found = new ValidationResults
        {
            ObjectId = EntityIds.Text(id),
            ObjectType = "entity",
            ObjectEtag = judged.Etag,
            SchemaId = judged.SchemaId,
            IsValid = violation is null,
            ValidatedOn = time.GetUtcNow(),
            ValidationErrorMessage = violation?.Message,
            AllValidationMessages = violation is null ? null : SchemaValidator.Messages(violation),
            ValidationException = violation is null ? null : Trim(violation, MaxNesting),
        };
        world.Transact(() => Store(id, judged, found, derived));
    }

    private Case? Prepare(long id, bool always)
    {
        if (world.Nodes.Get(id) is not { } node)
        {
            return null;
        }

        if (world.SchemaBindings.Find(id) is not { } binding || world.EntityJson.SchemaOf(binding) is not { } schema)
        {
            world.SchemaResults.Clear(id);
            Follow(id, world.SchemaResults.PutDerived(id, new Dictionary<string, AnnotationsValue>()));
            return null;
        }

        var name = schema.GetProperty("$id").GetString()!;
        if (!always && world.SchemaResults.Find(id) is { } known && known.ObjectEtag == node.Etag && known.SchemaId == name)
        {
            return null;
        }

        var instance = JsonElement.Parse(world.EntityJson.Of(node, schema, withDerived: false).ToJsonString());
        return new Case(node.Etag, name, schema, instance, binding.IsDerived);
    }

    private void Store(long id, Case judged, ValidationResults found, IReadOnlyDictionary<string, AnnotationsValue> derived)
    {
        // Changed meanwhile: the change is in the log and will be followed.
        if (world.Nodes.Get(id)?.Etag == judged.Etag)
        {
            world.SchemaResults.Put(id, found);
            Follow(id, world.SchemaResults.PutDerived(id, derived));
        }
    }

    // Views show derived annotations, and they follow the entity.
    private void Follow(long id, bool isChanged)
    {
        if (isChanged)
        {
            world.Changes.Add(ChangeLog.Entity, id, ChangeLog.Update);
        }
    }

    private static IReadOnlyDictionary<string, AnnotationsValue> Derive(Case judged)
    {
        try
        {
            return DerivedAnnotations.Of(judged.Schema, judged.Instance);
        }
        catch (ServiceException)
        {
            // A constant that no annotation can hold.
            return new Dictionary<string, AnnotationsValue>();
        }
    }

    private static SchemaViolation Trim(SchemaViolation violation, int levels) => violation with
    {
        CausingExceptions = levels == 0 ? [] : [.. violation.CausingExceptions.Select(cause => Trim(cause, levels - 1))],
    };

    private sealed record Case(string Etag, string SchemaId, JsonElement Schema, JsonElement Instance, bool IsDerived);
}
