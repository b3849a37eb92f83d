using System.Globalization;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Value expressions.</summary>
internal sealed partial class SelectTranslator
{
    // Literals on the right of a predicate take the type of its left side.
    private string? _literalType;
    private bool _isTyped;

    private SqlPiece Value(SqlValue value, ValueContext use = ValueContext.Inner)
    {
        switch (value)
        {
            case NullValue:
                return new SqlPiece("NULL", null);
            case ColumnValue column:
                return Column(column, use);
            case NumberValue number:
                return Literal(number.Image, isNumber: true);
            case TextValue text:
                return Literal(text.Text, isNumber: false);
            case TruthValue truth:
                return new SqlPiece(truth.Word switch { "TRUE" => "1", "FALSE" => "0", _ => "NULL" }, ColumnTypes.Boolean);
            case ParenthesizedValue inner:
                var piece = Value(inner.Inner, use);
                return piece with { Sql = $"({piece.Sql})" };
            case SignedValue signed:
                return Signed(signed, use);
            case ChainValue chain:
                return Chain(chain);
            case AggregateValue aggregate:
                return Aggregate(aggregate);
            case UnnestValue unnest:
                return Unnest(unnest);
            case FunctionValue function:
                return Untyped(() => Function(function, use));
            case CurrentUserValue:
                return new SqlPiece(context.UserId.ToString(CultureInfo.InvariantCulture), ColumnTypes.UserId);
            case AbbreviatedCaseValue shortened:
                return Untyped(() => Abbreviated(shortened));
            case CaseValue cases:
                return Untyped(() => Case(cases));
            case CastValue cast:
                return Untyped(() => Cast(cast));
            case IntervalValue:
                throw SqlErrors.RefusedByDatabase("You have an error in your SQL syntax: an INTERVAL can only be added or subtracted.");
            default:
                throw SqlErrors.RefusedByDatabase("You have an error in your SQL syntax near 'DEFAULT'.");
        }
    }

    private SqlPiece Column(ColumnValue reference, ValueContext use)
    {
        if (scope.Resolve(reference) is { } found)
        {
            var isPlain = use is ValueContext.Select or ValueContext.Group || found.Type != ColumnTypes.Double;
            return new SqlPiece(isPlain ? found.Sql : Finite(found.Sql), found.Type);
        }

        var name = SqlText.Plain(reference);
        if (use is ValueContext.Order or ValueContext.Group && reference.Table is null)
        {
            var named = _items.FirstOrDefault(
                item => string.Equals(item.Alias?.Text ?? SqlText.Of(item.Value), name, StringComparison.OrdinalIgnoreCase));
            if (named is not null)
            {
                var piece = Value(named.Value, ValueContext.Select);
                return piece with { Sql = $"({piece.Sql})" };
            }
        }

        throw use switch
        {
            ValueContext.Condition => SqlErrors.Refused($"Column does not exist: {name}"),
            ValueContext.Order => SqlErrors.RefusedByDatabase($"Unknown column '{name}' in 'order clause'"),
            ValueContext.Group => SqlErrors.RefusedByDatabase($"Unknown column '{name}' in 'group statement'"),
            ValueContext.Select => SqlErrors.Refused($"Unknown column {name}"),
            _ => SqlErrors.RefusedByDatabase($"Unknown column '{name}' in 'field list'"),
        };
    }

    private static string Finite(string column) => $"CASE typeof({column}) WHEN 'text' THEN NULL ELSE {column} END";

    private SqlPiece Literal(string text, bool isNumber)
    {
        if (_isTyped)
        {
            return new SqlPiece(context.Bindings.Add(SqlLiterals.Value(_literalType, text, isNumber)), _literalType);
        }

        return isNumber
            ? new SqlPiece(
                context.Bindings.Add(SqlLiterals.Number(text) ?? (object)text),
                text.All(char.IsAsciiDigit) ? ColumnTypes.Integer : ColumnTypes.Double)
            : new SqlPiece(context.Bindings.Add(text), ColumnTypes.String);
    }

    private SqlPiece Signed(SignedValue signed, ValueContext use)
    {
        if (signed.Inner is NumberValue number && signed.Sign == '-')
        {
            return Literal("-" + number.Image, isNumber: true) with { Type = number.IsInteger ? ColumnTypes.Integer : ColumnTypes.Double };
        }

        var inner = Value(signed.Inner, use == ValueContext.Condition ? use : ValueContext.Inner);
        return signed.Sign == '-' ? new SqlPiece($"(- {inner.Sql})", Numeric(inner.Type)) : inner;
    }

    private static string Numeric(string? type) => type is ColumnTypes.Integer or ColumnTypes.Date ? type : ColumnTypes.Double;

    private SqlPiece Chain(ChainValue chain)
    {
        var result = Operand(chain.First);
        foreach (var link in chain.Rest)
        {
            if (link is { Operand: IntervalValue interval, Operator: "+" or "-" })
            {
                var count = context.Bindings.Add(link.Operator == "-" ? -interval.Count : interval.Count);
                result = new SqlPiece($"syn_date_add({result.Sql}, {count}, {context.Bindings.Add(interval.Unit)})", ColumnTypes.String);
                continue;
            }

            var right = Operand(link.Operand);
            result = link.Operator switch
            {
                "/" => new SqlPiece($"syn_divide({result.Sql}, {right.Sql})", ColumnTypes.Double),
                "DIV" => new SqlPiece($"syn_div({result.Sql}, {right.Sql})", ColumnTypes.Integer),
                "%" => new SqlPiece($"syn_mod({result.Sql}, {right.Sql})", Both(result, right)),
                _ => new SqlPiece($"({result.Sql} {link.Operator} {right.Sql})", Both(result, right)),
            };
        }

        return result;
    }

    private SqlPiece Operand(SqlValue value) => value is IntervalValue ? Value(value) : Value(value, ValueContext.Inner);

    private static string Both(SqlPiece left, SqlPiece right) =>
        left.Type == ColumnTypes.Integer && right.Type == ColumnTypes.Integer ? ColumnTypes.Integer : ColumnTypes.Double;

    private SqlPiece Aggregate(AggregateValue aggregate)
    {
        if (aggregate.Arguments.Count == 0)
        {
            return new SqlPiece("COUNT(*)", ColumnTypes.Integer);
        }

        var distinct = aggregate.Quantifier == "DISTINCT" ? "DISTINCT " : "";
        var arguments = aggregate.Arguments.Select(argument => Value(argument)).ToList();
        var first = arguments[0];
        var order = aggregate.OrderBy.Count == 0 ? "" : " ORDER BY " + string.Join(", ", aggregate.OrderBy.Select(Order));
        switch (aggregate.Name)
        {
            case "GROUP_CONCAT":
                var text = arguments.Count == 1 ? first.Sql : $"syn_concat({Sqls(arguments)})";
                var function = distinct.Length > 0 ? "syn_group_concat_distinct" : "syn_group_concat";
                return new SqlPiece(
                    $"{function}({text}, {context.Bindings.Add(aggregate.Separator ?? ",")}{order})", ColumnTypes.String);
            case "JSON_ARRAYAGG":
                return new SqlPiece($"syn_json_arrayagg({Json(aggregate.Arguments[0])}{order})", ColumnTypes.Json);
            case "COUNT" when arguments.Count > 1:
                var keys = string.Join(", ", arguments.Select(Folded));
                return new SqlPiece($"COUNT({distinct}syn_row_key({keys}))", ColumnTypes.Integer);
        }

        RequireOne(aggregate);
        return aggregate.Name switch
        {
            "COUNT" => new SqlPiece($"COUNT({distinct}{Collated(first)})", ColumnTypes.Integer),
            "MIN" or "MAX" => new SqlPiece($"{aggregate.Name}({Collated(first)})", first.Type),
            "SUM" => new SqlPiece(
                $"SUM({distinct}{first.Sql})", first.Type == ColumnTypes.Integer ? ColumnTypes.Integer : ColumnTypes.Double),
            "AVG" => new SqlPiece($"AVG({distinct}{first.Sql})", ColumnTypes.Double),
            "BIT_AND" or "BIT_OR" or "BIT_XOR" =>
                new SqlPiece($"syn_{aggregate.Name.ToLowerInvariant()}({first.Sql})", ColumnTypes.Integer),
            "STDDEV_SAMP" => new SqlPiece($"syn_std_samp({first.Sql})", ColumnTypes.Double),
            "VAR_SAMP" => new SqlPiece($"syn_var_samp({first.Sql})", ColumnTypes.Double),
            "VAR_POP" or "VARIANCE" => new SqlPiece($"syn_var_pop({first.Sql})", ColumnTypes.Double),
            _ => new SqlPiece($"syn_std_pop({first.Sql})", ColumnTypes.Double),
        };
    }

    private static void RequireOne(AggregateValue aggregate)
    {
        if (aggregate.Arguments.Count != 1)
        {
            throw SqlErrors.RefusedByDatabase($"You have an error in your SQL syntax: {aggregate.Name} takes one value.");
        }
    }

    private static string Folded(SqlPiece piece) => IsLooseText(piece.Type) ? $"syn_fold({piece.Sql})" : piece.Sql;

    private SqlPiece Unnest(UnnestValue unnest)
    {
        var column = ListColumn(unnest.Column, "UNNEST()");
        if (!_unnested.TryGetValue(column.Sql, out var alias))
        {
            _unnested.Add(column.Sql, alias = string.Create(CultureInfo.InvariantCulture, $"U{_unnested.Count}"));
        }

        return new SqlPiece($"{alias}.value", ColumnTypes.Element(column.Type));
    }

    private ResolvedColumn ListColumn(SqlValue value, string what)
    {
        if (value is not ColumnValue reference)
        {
            throw SqlErrors.Refused("The HAS keyword only works for list column references");
        }

        var column = scope.Resolve(reference) ?? throw SqlErrors.Refused($"Unknown column reference: {SqlText.Plain(reference)}");
        if (column.Model is null)
        {
            throw SqlErrors.Refused($"{what} may only be used on columns defined in the schema");
        }

        return ColumnTypes.IsList(column.Type) ? column : throw SqlErrors.Refused($"{what} only works for columns that hold list values");
    }

    private SqlPiece Abbreviated(AbbreviatedCaseValue shortened)
    {
        var arguments = shortened.Arguments.Select(argument => Value(argument)).ToList();
        if (shortened.Name == "COALESCE")
        {
            return new SqlPiece($"COALESCE({Sqls(arguments)})", Common(arguments));
        }

        return arguments.Count == 2
            ? new SqlPiece($"NULLIF({Collated(arguments[0])}, {arguments[1].Sql})", arguments[0].Type)
            : throw SqlErrors.RefusedByDatabase("Incorrect parameter count in the call to native function 'NULLIF'");
    }

    private SqlPiece Case(CaseValue cases)
    {
        var operand = cases.Operand is { } subject ? Collated(Value(subject)) : "";
        var branches = new List<string>();
        var results = new List<SqlPiece>();
        foreach (var branch in cases.Branches)
        {
            var when = branch.Match is { } match ? Value(match).Sql : Condition(branch.Condition!);
            results.Add(Value(branch.Result));
            branches.Add($"WHEN {when} THEN {results[^1].Sql}");
        }

        var otherwise = "";
        if (cases.Otherwise is { } last)
        {
            results.Add(Value(last));
            otherwise = $" ELSE {results[^1].Sql}";
        }

        return new SqlPiece($"(CASE {operand} {string.Join(' ', branches)}{otherwise} END)", Common(results));
    }

    private SqlPiece Cast(CastValue cast)
    {
        var type = cast.ColumnType ?? context.Column(cast.ColumnId!).ColumnType;
        var operand = Value(cast.Operand);
        if (ColumnTypes.IsComparedAsText(type))
        {
            return new SqlPiece(
                operand.Type == ColumnTypes.Boolean || type == ColumnTypes.Json ? operand.Sql : $"CAST({operand.Sql} AS TEXT)", type);
        }

        return type == ColumnTypes.Double
            ? new SqlPiece($"CAST({operand.Sql} AS REAL)", type)
            : new SqlPiece($"syn_to_integer({operand.Sql})", type);
    }

    // Only when all agree is the type known.
    private static string? Common(List<SqlPiece> pieces)
    {
        var types = pieces.Where(piece => piece.Sql != "NULL").Select(piece => piece.Type).Distinct().ToList();
        return types.Count == 1 ? types[0] : null;
    }

    private static string Sqls(IEnumerable<SqlPiece> pieces) => string.Join(", ", pieces.Select(piece => piece.Sql));

    private T Untyped<T>(Func<T> work)
    {
        var (wasTyped, type) = (_isTyped, _literalType);
        (_isTyped, _literalType) = (false, null);
        var result = work();
        (_isTyped, _literalType) = (wasTyped, type);
        return result;
    }

    private SqlPiece Typed(string? type, SqlValue value)
    {
        (_isTyped, _literalType) = (true, type);
        var result = Value(value, ValueContext.Condition);
        (_isTyped, _literalType) = (false, null);
        return result;
    }
}
