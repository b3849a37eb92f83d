using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// What a select's columns are called and of which type they are. Source: SQLTranslatorUtils.getSelectColumns and its kin.
/// </summary>
internal static class SelectHeaders
{
    private const long DefaultTextSize = 50;
    private const long LargestText = 1000;

    /// <summary>Headers of a result. Ids are told only when every column is plainly one of the table.</summary>
    public static IReadOnlyList<SelectColumn> Of(
        IReadOnlyList<SelectItem> items, TableScope scope, Func<string, ColumnModel> column, bool isAggregate)
    {
        var headers = items.Select(item => Header(item, scope, column)).ToList();
        return isAggregate || headers.Exists(header => header.Id is null)
            ? [.. headers.Select(header => header with { Id = null })]
            : headers;
    }

    /// <summary>Models of a result's columns, without ids.</summary>
    public static IReadOnlyList<ColumnModel> Schema(IReadOnlyList<SelectItem> items, TableScope scope, Func<string, ColumnModel> column) =>
        [.. items.Select(item => Model(item, scope, column))];

    private static ColumnModel Model(SelectItem item, TableScope scope, Func<string, ColumnModel> column)
    {
        var header = Header(item, scope, column);
        var known = header.Id is null ? null : scope.Columns.FirstOrDefault(candidate => candidate.Id == header.Id) ?? column(header.Id);
        return (
            known ?? new ColumnModel { MaximumSize = header.ColumnType == ColumnTypes.String ? TextSize(item.Value, scope) : null }) with
        {
            Id = null,
            Name = header.Name,
            ColumnType = header.ColumnType,
        };
    }

    private static SelectColumn Header(SelectItem item, TableScope scope, Func<string, ColumnModel> column)
    {
        var name = item.Alias?.Text ?? DisplayName(item.Value);
        var values = SqlWalk.Values(item.Value).ToList();
        if (values.OfType<CastValue>().FirstOrDefault() is { } cast)
        {
            if (cast.ColumnType is { } castType)
            {
                return new SelectColumn { Name = name, ColumnType = castType };
            }

            var model = column(cast.ColumnId!);
            return new SelectColumn { Name = item.Alias?.Text ?? model.Name, ColumnType = model.ColumnType, Id = model.Id };
        }

        var leaf = values.FirstOrDefault(value => value is ColumnValue or NumberValue or TextValue or IntervalValue);
        var reference = leaf is null ? null : values.OfType<ColumnValue>().FirstOrDefault();
        var found = reference is null ? null : scope.Resolve(reference);
        var type = found?.Type ?? (leaf is null ? null : IsQuoted(leaf) ? ColumnTypes.String : ColumnTypes.Double);
        var function = values.FirstOrDefault(value => value is FunctionValue or AggregateValue or UnnestValue or CurrentUserValue);
        if (found is null && function is null && leaf is not (NumberValue or TextValue or IntervalValue))
        {
            throw SqlErrors.Refused($"Unknown column {name}");
        }

        return new SelectColumn
        {
            Name = name,
            ColumnType = (function is null ? type : ReturnType(function, type)) ?? ColumnTypes.String,
            Id = found is { Model: { } plain } && plain.Name == name ? plain.Id : null,
        };
    }

    private static bool IsQuoted(SqlValue leaf) => leaf is TextValue || (leaf is ColumnValue column && column.Name.Quote != '\0');

    private static string DisplayName(SqlValue value)
    {
        var first = value is ChainValue chain ? chain.First : value;
        first = first is SignedValue signed ? signed.Inner : first;
        return first is ColumnValue or NumberValue or TextValue or IntervalValue ? SqlText.Plain(value) : SqlText.Of(value);
    }

    /// <summary>The type that a function yields; <paramref name="argument"/> is that of the first column or literal within.</summary>
    public static string? ReturnType(SqlValue function, string? argument) => function switch
    {
        UnnestValue => ColumnTypes.Element(argument),
        CurrentUserValue => ColumnTypes.UserId,
        AggregateValue aggregate => aggregate.Name switch
        {
            "MIN" or "MAX" or "SUM" => argument,
            "COUNT" or "BIT_AND" or "BIT_OR" or "BIT_XOR" => ColumnTypes.Integer,
            "GROUP_CONCAT" => ColumnTypes.String,
            "JSON_ARRAYAGG" => ColumnTypes.Json,
            _ => ColumnTypes.Double,
        },
        FunctionValue named => named.Name switch
        {
            "IFNULL" => argument,
            "UNIX_TIMESTAMP" or "YEARWEEK" or "DAYOFWEEK" or "DAYOFMONTH" or "DAYOFYEAR" or "WEEKOFYEAR" or "MICROSECOND" or "SECOND"
                or "MINUTE" or "HOUR" or "DAY" or "WEEK" or "MONTH" or "QUARTER" or "YEAR" or "CRC32" => ColumnTypes.Integer,
            "ROUND" => ColumnTypes.Double,
            "JSON_OBJECT" or "JSON_ARRAY" or "JSON_SEARCH" => ColumnTypes.Json,
            "JSON_OVERLAPS" => ColumnTypes.Boolean,
            _ => ColumnTypes.String,
        },
        _ => argument,
    };

    // How long a text of a defining query may get. Source: the stats package.
    private static long TextSize(SqlValue value, TableScope scope) => Math.Min(LargestText, KnownSize(value, scope) ?? DefaultTextSize);

    private static long? KnownSize(SqlValue? value, TableScope scope) => value switch
    {
        ColumnValue column => scope.Resolve(column) is { } found ? found.Model?.MaximumSize ?? (found.Model is null ? 36 : null) : null,
        TextValue text => text.Text.Length,
        ParenthesizedValue inner => KnownSize(inner.Inner, scope),
        UnnestValue unnest => KnownSize(unnest.Column, scope),
        AggregateValue { Name: "MIN" or "MAX" } aggregate => KnownSize(aggregate.Arguments[0], scope),
        AggregateValue { Name: "GROUP_CONCAT" } => LargestText,
        FunctionValue { Name: "CONCAT" or "REPLACE", Arguments: { } parts } => Sum(parts, scope),
        FunctionValue { Name: "UPPER" or "LOWER" or "TRIM", Arguments: [var only] } => KnownSize(only, scope),
        FunctionValue { Name: "IFNULL", Arguments: { } either } => either.Max(part => KnownSize(part, scope)),
        AbbreviatedCaseValue shortened => shortened.Arguments.Max(part => KnownSize(part, scope)),
        CaseValue cases => cases.Branches.Select(branch => branch.Result).Append(cases.Otherwise).Max(part => KnownSize(part, scope)),
        _ => null,
    };

    private static long? Sum(IReadOnlyList<SqlValue> parts, TableScope scope)
    {
        var sizes = parts.Select(part => KnownSize(part, scope)).ToList();
        return sizes.Exists(size => size is null) ? null : sizes.Sum();
    }
}
