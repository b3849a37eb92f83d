using System.Security.Cryptography;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Columns;

/// <summary>
/// What a column model must be, and its normal form. Source: ColumnModelManagerImpl, ColumnModelUtils.createNormalizedClone.
/// </summary>
internal static class ColumnRules
{
    private const int MaxName = 256;
    private const int MaxEnumValues = 100;
    private const int MaxColumns = 152;
    private const int MaxWidth = 64_000;
    private const string Enumeration = "enumeration";
    private const string Range = "range";

    private static readonly string[] Reserved =
        ["ROW_ID", "ROW_VERSION", "ROW_ETAG", "ROW_BENEFACTOR", "ROW_SEARCH_CONTENT", "ROW_HASH_CODE"];

    public static bool IsReserved(string? name) => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The model without id, with all defaults, trimmed and sorted: what equal models have in common.</summary>
    public static ColumnModel Normalize(ColumnModel model)
    {
        CheckName(model.Name);
        if (model.ColumnType is not { } type)
        {
            throw ServiceException.BadRequest("ColumnModel.columnType cannot be null");
        }

        if (!ColumnTypes.All.Contains(type))
        {
            throw ServiceException.BadRequest($"Unknown columnType: {type}");
        }

        CheckFacet(model.FacetType, type);
        var sized = model with
        {
            Id = null,
            Name = model.Name!.Trim(),
            MaximumSize = ColumnTypes.HasMaximumSize(type) ? MaximumSize(model.MaximumSize) : model.MaximumSize,
            MaximumListLength = ColumnTypes.IsList(type) ? ListLength(model.MaximumListLength) : model.MaximumListLength,
            EnumValues = null,
            DefaultValue = null,
            JsonSubColumns = SubColumns(model.JsonSubColumns, type),
        };
        var enumerated = sized with { EnumValues = EnumValues(model.EnumValues, sized) };
        return enumerated with { DefaultValue = Default(model.DefaultValue, enumerated) };
    }

    /// <summary>Of a normal form.</summary>
    public static string Hash(ColumnModel normal) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(normal, ColumnJson.Default.ColumnModel)));

    /// <summary>Refuses a schema that is too wide or names a column twice.</summary>
    public static void CheckSchema(IReadOnlyList<ColumnModel> columns)
    {
        if (columns.Count > MaxColumns)
        {
            throw ServiceException.BadRequest($"Too many columns. The limit is {MaxColumns} columns per table");
        }

        if (columns.CountBy(column => column.Id!).FirstOrDefault(same => same.Value > 1) is { Key: { } id })
        {
            throw ServiceException.BadRequest($"Duplicate column: '{columns.First(column => column.Id == id).Name}'");
        }

        if (columns.CountBy(column => column.Name!).FirstOrDefault(same => same.Value > 1) is { Key: { } name })
        {
            throw ServiceException.BadRequest($"Duplicate column name: '{name}'");
        }

        var width = columns.Sum(ColumnTypes.Width);
        if (width > MaxWidth)
        {
            throw ServiceException.BadRequest(
                $"Too much data per column. The maximum size for a row is about {MaxWidth} bytes. "
                + $"The size for the given columns would be {width} bytes");
        }
    }

    private static void CheckName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw ServiceException.BadRequest("name is required.");
        }

        if (name.Length > MaxName)
        {
            throw ServiceException.BadRequest($"Column name must be: {MaxName} characters or less.");
        }

        if (IsReserved(name.Trim()))
        {
            throw ServiceException.BadRequest($"The column name: {name} is a system reserved column name.");
        }
    }

    private static void CheckFacet(string? facet, string? type)
    {
        if (facet is null)
        {
            return;
        }

        if (facet is not (Enumeration or Range))
        {
            throw ServiceException.BadRequest($"Unknown facetType: {facet}");
        }

        switch (type)
        {
            case ColumnTypes.Integer or ColumnTypes.String:
                return;
            case ColumnTypes.Double or ColumnTypes.Date:
                if (facet != Range)
                {
                    throw ServiceException.BadRequest("Date columns can only be ranges");
                }

                return;
            case ColumnTypes.UserId or ColumnTypes.EntityId or ColumnTypes.SubmissionId or ColumnTypes.EvaluationId or ColumnTypes.Boolean:
            case { } when ColumnTypes.IsList(type):
                if (facet != Enumeration)
                {
                    throw ServiceException.BadRequest($"{type} columns can only be enumeration faceted");
                }

                return;
            default:
                throw ServiceException.BadRequest($"The ColumnType:{type} can not be faceted");
        }
    }

    private static long MaximumSize(long? size) => size switch
    {
        null => ColumnTypes.DefaultString,
        > ColumnTypes.MaxString => throw ServiceException.BadRequest(
            $"ColumnModel.maxSize for a STRING cannot exceed: {ColumnTypes.MaxString}"),
        < 1 => throw ServiceException.BadRequest("ColumnModel.maxSize for a STRING must be greater than 0"),
        { } fits => fits,
    };

    private static long ListLength(long? length) => length switch
    {
        null => ColumnTypes.MaxListLength,
        > ColumnTypes.MaxListLength => throw ServiceException.BadRequest(
            $"ColumnModel.maximumListLength for a LIST column cannot exceed: {ColumnTypes.MaxListLength}"),
        < 2 => throw ServiceException.BadRequest("ColumnModel.maximumListLength for a LIST column must be at least 2"),
        { } fits => fits,
    };

    private static List<string>? EnumValues(IReadOnlyList<string>? values, ColumnModel column)
    {
        if (values is null)
        {
            return null;
        }

        if (values.Count > MaxEnumValues)
        {
            throw ServiceException.BadRequest(
                $"Maximum allowed enum values is {MaxEnumValues}. This enum has {values.Count} values");
        }

        // Generated deserialization lets a null into the list.
        var trimmed = values.Where(value => value is not null).Select(value => value.Trim());
        var kept = trimmed
            .Where(value => value.Length > 0 || column.ColumnType == ColumnTypes.String)
            .Select(value => value.Length == 0 ? value : CellText.Normalize(column, value) ?? "")
            .Order(StringComparer.Ordinal)
            .ToList();
        return kept.Count == 0 ? null : kept;
    }

    private static string? Default(string? value, ColumnModel column)
    {
        var trimmed = value?.Trim();
        if (trimmed is null || (trimmed.Length == 0 && column.ColumnType is not (ColumnTypes.String or ColumnTypes.Link)))
        {
            return null;
        }

        return column.ColumnType switch
        {
            ColumnTypes.EntityId or ColumnTypes.SubmissionId or ColumnTypes.EvaluationId or ColumnTypes.FileHandleId or ColumnTypes.UserId
                or ColumnTypes.LargeText or ColumnTypes.MediumText or ColumnTypes.EntityIdList or ColumnTypes.UserIdList =>
                throw ServiceException.BadRequest($"Columns of type {column.ColumnType} cannot have default values."),
            _ => CellText.Normalize(column, trimmed),
        };
    }

    private static IReadOnlyList<JsonSubColumnModel>? SubColumns(IReadOnlyList<JsonSubColumnModel>? columns, string type)
    {
        if (columns is null)
        {
            return null;
        }

        if (type != ColumnTypes.Json)
        {
            throw ServiceException.BadRequest("JsonSubColumns can only set for a column of type: JSON");
        }

        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            CheckSubColumn(column);
            if (!paths.Add(column.JsonPath!))
            {
                throw ServiceException.BadRequest($"Duplicate jsonPath found in jsonSubColumns: '{column.JsonPath}'");
            }
        }

        return columns.Count == 0 ? null : columns;
    }

    private static void CheckSubColumn(JsonSubColumnModel? column)
    {
        Require(column, "JsonSubColumnModel");
        Require(column!.Name, "JsonSubColumnModel.name");
        Require(column.JsonPath, "JsonSubColumnModel.jsonPath");
        Require(column.ColumnType, "JsonSubColumnModel.columnType");
        CheckFacet(column.FacetType, column.ColumnType);
        if (column.ColumnType == ColumnTypes.Json)
        {
            throw ServiceException.BadRequest("The columnType of a JsonSubColumnModel cannot be JSON.");
        }

        if (ColumnTypes.IsList(column.ColumnType))
        {
            throw ServiceException.BadRequest("The columnType of a JsonSubColumnModel cannot be a list.");
        }
    }

    private static void Require(object? value, string what)
    {
        if (value is null)
        {
            throw ServiceException.BadRequest($"{what} is required.");
        }
    }
}
