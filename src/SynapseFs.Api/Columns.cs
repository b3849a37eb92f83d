using System.Text.Json;
using System.Text.Json.Serialization;

namespace SynapseFs.Api;

/// <summary>A column of a table: immutable and global; equal models share one id. Source: <c>table.ColumnModel</c>.</summary>
public sealed record ColumnModel
{
    public string? Id { get; init; }
    public string? Name { get; init; }

    /// <summary>STRING, INTEGER, DOUBLE, … STRING_LIST.</summary>
    public string? ColumnType { get; init; }

    /// <summary>enumeration, range or absent.</summary>
    public string? FacetType { get; init; }
    public string? DefaultValue { get; init; }

    /// <summary>Characters, of STRING, LINK and STRING_LIST.</summary>
    public long? MaximumSize { get; init; }
    public long? MaximumListLength { get; init; }
    public IReadOnlyList<string>? EnumValues { get; init; }
    public IReadOnlyList<JsonSubColumnModel>? JsonSubColumns { get; init; }
    public FacetSortConfig? FacetSortConfig { get; init; }
}

/// <summary>A facet inside a JSON column.</summary>
public sealed record JsonSubColumnModel
{
    public string? Name { get; init; }
    public string? ColumnType { get; init; }
    public string? JsonPath { get; init; }
    public string? FacetType { get; init; }
    public FacetSortConfig? FacetSortConfig { get; init; }
}

/// <summary>How a facet's values are ordered.</summary>
public sealed record FacetSortConfig
{
    /// <summary>FREQUENCY or VALUE.</summary>
    public string? Property { get; init; }

    /// <summary>ASC or DESC.</summary>
    public string? Direction { get; init; }
}

/// <summary>A column of a query's result; the id only where it is plainly a column of the table.</summary>
public sealed record SelectColumn
{
    public string? Name { get; init; }
    public string? ColumnType { get; init; }
    public string? Id { get; init; }
}

/// <summary>GET /column and GET /entity/{id}/column.</summary>
public sealed record ColumnModelPage
{
    public IReadOnlyList<ColumnModel> Results { get; init; } = [];
    public long? TotalNumberOfResults { get; init; }
}

/// <summary>POST /column/batch and GET /column/tableview/defaults.</summary>
public sealed record ColumnModelList
{
    public string? ConcreteType { get; init; }
    public IReadOnlyList<ColumnModel>? List { get; init; }
}

/// <summary>Records of columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SynapseDateConverter)])]
[JsonSerializable(typeof(ColumnModel))]
[JsonSerializable(typeof(ColumnModelPage))]
[JsonSerializable(typeof(ColumnModelList))]
[JsonSerializable(typeof(IReadOnlyList<ColumnModel>), TypeInfoPropertyName = "Columns")]
[JsonSerializable(typeof(IReadOnlyList<SelectColumn>), TypeInfoPropertyName = "SelectColumns")]
public sealed partial class ColumnJson : JsonSerializerContext;
