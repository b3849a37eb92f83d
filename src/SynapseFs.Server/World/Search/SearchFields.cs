using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Search;

/// <summary>The fields of the index by their names. Source: SearchConstants, SynapseToCloudSearchField.</summary>
internal static class SearchFields
{
    public const string Path = "path";

    /// <summary>The names that facets are asked by, with the fields; those that cannot be faceted have no type.</summary>
    private static readonly Dictionary<string, (string Field, string? Type)> Facets = new(StringComparer.Ordinal)
    {
        ["Consortium"] = ("consortium", "LITERAL"),
        ["Diagnosis"] = ("diagnosis", "LITERAL"),
        ["Organ"] = ("organ", "LITERAL"),
        ["Tissue"] = ("tissue", "LITERAL"),
        ["EntityType"] = ("node_type", "LITERAL"),
        ["CreatedBy"] = ("created_by", "LITERAL"),
        ["ModifiedBy"] = ("modified_by", "LITERAL"),
        ["CreatedOn"] = ("created_on", "CONTINUOUS"),
        ["ModifiedOn"] = ("modified_on", "CONTINUOUS"),
        ["Id"] = ("_id", null),
        ["Name"] = ("name", null),
        ["Description"] = ("description", null),
    };

    public static (string Field, string Type) Facet(string? name) =>
        name is null || !Facets.TryGetValue(name, out var known)
            ? throw ServiceException.BadRequest($"Unknown search field: {name}")
            : (known.Field, known.Type ?? throw ServiceException.BadRequest($"The field:\"{name}\" can not be faceted"));

    /// <summary>The field's text in a document; null: the document has none.</summary>
    public static string? Value(SearchDocument document, string? field) => field switch
    {
        "_id" => EntityIds.Text(document.Id),
        "name" => document.Name,
        "node_type" => document.NodeType,
        "etag" => document.Etag,
        "parent_id" => document.ParentId is { } parent ? EntityIds.Text(parent) : null,
        "created_on" => EntityShape.Text(document.CreatedOn),
        "created_by" => EntityShape.Text(document.CreatedBy),
        "modified_on" => EntityShape.Text(document.ModifiedOn),
        "modified_by" => EntityShape.Text(document.ModifiedBy),
        "description" => document.Description,
        "consortium" => document.Consortium,
        "diagnosis" => document.Diagnosis,
        "organ" => document.Organ,
        "tissue" => document.Tissue,
        _ => throw ServiceException.BadRequest($"The field '{field}' does not exist in the search index"),
    };

    /// <summary>The hit with the fields asked for; null: with all.</summary>
    public static SearchHit Hit(SearchDocument document, IReadOnlySet<string>? fields)
    {
        bool Has(string field) => fields is null || fields.Contains(field);
        return new SearchHit
        {
            Id = EntityIds.Text(document.Id),
            Name = Has("name") ? document.Name : null,
            Etag = Has("etag") ? document.Etag : null,
            NodeType = Has("node_type") ? document.NodeType : null,
            Description = Has("description") ? document.Description : null,
            CreatedOn = Has("created_on") ? document.CreatedOn : null,
            CreatedBy = Has("created_by") ? EntityShape.Text(document.CreatedBy) : null,
            ModifiedOn = Has("modified_on") ? document.ModifiedOn : null,
            ModifiedBy = Has("modified_by") ? EntityShape.Text(document.ModifiedBy) : null,
            Consortium = Has("consortium") ? document.Consortium : null,
            Diagnosis = Has("diagnosis") ? document.Diagnosis : null,
            Organ = Has("organ") ? document.Organ : null,
            Tissue = Has("tissue") ? document.Tissue : null,
        };
    }
}
