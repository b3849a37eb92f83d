using System.Text.Json;
using System.Text.Json.Nodes;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules.Schemas;

namespace SynapseFs.Server.World.Schemas;

/// <summary>Registered schemas made whole: what they refer to stands in their own definitions. Source: JsonSchemaManagerImpl.</summary>
internal sealed class ValidationSchemas(SchemaTable table)
{
    private const int MaxChain = 100;
    private const string Definitions = "definitions";

    // Under the database's lock, as all that is called within transactions.
    private readonly Dictionary<string, JsonElement> _built = new(StringComparer.Ordinal);

    public SchemaVersionRow Require(SchemaId name) => table.Find(name) ?? throw ServiceException.NotFound(
        $"JSON Schema not found for organizationName: '{name.Organization}' and schemaName: '{name.Schema}'"
        + (name.Version is null ? "" : $" and semanticVersion: '{name.Version}'"));

    /// <summary>The whole schema of that name, remembered until any schema changes.</summary>
    public JsonElement Get(string id)
    {
        if (!_built.TryGetValue(id, out var schema))
        {
            schema = Build(id);
            _built.Add(id, schema);
        }

        return schema;
    }

    public void Forget() => _built.Clear();

    public JsonElement Build(string id)
    {
        var name = SchemaId.Parse(id);
        var definitions = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var schema = Load(name, [], definitions);
        if (definitions.Count > 0)
        {
            var own = schema[Definitions] as JsonObject ?? [];
            foreach (var (key, definition) in definitions)
            {
                own[key] = definition;
            }

            schema[Definitions] = own;
        }

        schema["$id"] = name.Absolute;
        return JsonElement.Parse(schema.ToJsonString());
    }

    private JsonObject Load(SchemaId name, List<string> open, Dictionary<string, JsonObject> definitions)
    {
        if (open.Contains(name.Text))
        {
            throw ServiceException.BadRequest($"Schema $id: '{name.Text}' has a circular dependency");
        }

        if (open.Count >= MaxChain)
        {
            throw ServiceException.BadRequest($"Schema $id: '{open[0]}' refers to a chain of more than {MaxChain} schemas");
        }

        open.Add(name.Text);
        var schema = JsonNode.Parse(Require(name).Json)!.AsObject();
        foreach (var inner in SchemaText.All(schema).ToList())
        {
            if (SchemaText.Ref(inner) is { Length: > 0 } reference && reference[0] != '#')
            {
                inner["$ref"] = SchemaText.DefinitionRef + Define(SchemaId.Parse(reference), open, definitions);
            }
        }

        open.RemoveAt(open.Count - 1);
        return schema;
    }

    private string Define(SchemaId name, List<string> open, Dictionary<string, JsonObject> definitions)
    {
        if (definitions.ContainsKey(name.Text))
        {
            return name.Text;
        }

        var schema = Load(name, open, definitions);
        schema.Remove("$id");
        if (schema[Definitions] is JsonObject own)
        {
            schema.Remove(Definitions);
            foreach (var (key, definition) in own.ToList())
            {
                own.Remove(key);
                if (definition is JsonObject local)
                {
                    definitions.TryAdd(key, local);
                }
            }
        }

        definitions.Add(name.Text, schema);
        return name.Text;
    }
}
