using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Conditions.</summary>
internal sealed partial class SelectTranslator
{
    private string Condition(SqlCondition condition) => condition switch
    {
        OrCondition or => Balanced([.. or.Terms.Select(Condition)], "OR"),
        AndCondition and => Balanced([.. and.Factors.Select(Condition)], "AND"),
        NotCondition not => $"(NOT {Condition(not.Inner)})",
        ParenthesizedCondition inner => Condition(inner.Inner),
        TruthTest test => $"({Condition(test.Inner)} IS {Not(test.IsNot)}{Truth(test.Word)})",
        Comparison comparison => Compare(comparison),
        BetweenCondition between => Between(between),
        InCondition among => In(among),
        HasCondition { IsLike: true } has => HasLike(has),
        HasCondition has => Has(has),
        LikeCondition like => Like(like),
        IsCondition fact => $"({Left(fact.Left).Sql} IS {Not(fact.IsNot)}{Truth(fact.Word)})",
        DoubleTest test => TestDouble(test),
        TextMatches matches => Search(matches),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is no condition."),
    };

    // SQLite bounds how deep an expression is, and a row of a thousand ORs would be a thousand deep.
    private static string Balanced(ReadOnlySpan<string> parts, string word)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        var half = parts.Length / 2;
        return $"({Balanced(parts[..half], word)} {word} {Balanced(parts[half..], word)})";
    }

    private SqlPiece Left(SqlValue left) => Untyped(() => Value(left, ValueContext.Condition));

    private string Compare(Comparison comparison)
    {
        var left = Left(comparison.Left);
        return $"({Collated(left)} {comparison.Operator} {Typed(left.Type, comparison.Right).Sql})";
    }

    private string Between(BetweenCondition between)
    {
        var left = Left(between.Left);
        var (low, high) = (Typed(left.Type, between.Low), Typed(left.Type, between.High));
        return $"({Collated(left)} {Not(between.IsNot)}BETWEEN {low.Sql} AND {high.Sql})";
    }

    private string In(InCondition among)
    {
        var left = Left(among.Left);
        var values = Literals(left.Type, among.Values) is { } literals
            ? context.Bindings.AddList(literals)
            : $"({string.Join(", ", among.Values.Select(value => Typed(left.Type, value).Sql))})";
        return $"({Collated(left)} {Not(among.IsNot)}IN {values})";
    }

    private string Has(HasCondition has)
    {
        RequireOneTable();
        var column = ListColumn(has.Left, "The HAS keyword");
        var type = ColumnTypes.Element(column.Type);
        var values = Literals(type, has.Values) is { } literals
            ? context.Bindings.AddList(literals)
            : $"({string.Join(", ", has.Values.Select(value => Typed(type, value).Sql))})";
        var exists = $"EXISTS (SELECT 1 FROM json_each({column.Sql}) WHERE value IN {values})";
        return has.IsNot ? $"({column.Sql} IS NOT NULL AND NOT {exists})" : exists;
    }

    private string HasLike(HasCondition has)
    {
        RequireOneTable();
        var column = ListColumn(has.Left, "The HAS_LIKE keyword");
        var escape = EscapeArgument(has.Escape);
        var tests = has.Values
            .Select(value => $"syn_like(value, {Typed(ColumnTypes.Element(column.Type), value).Sql}{escape})")
            .ToArray();
        return $"({Not(has.IsNot)}EXISTS (SELECT 1 FROM json_each({column.Sql}) WHERE {Balanced(tests, "OR")}))";
    }

    private string Like(LikeCondition like)
    {
        var left = Left(like.Left);
        var pattern = Typed(left.Type, like.Pattern);
        return $"({Not(like.IsNot)}syn_like({left.Sql}, {pattern.Sql}{EscapeArgument(like.Escape)}))";
    }

    private string EscapeArgument(SqlValue? escape) => escape is null ? "" : $", {Typed(ColumnTypes.String, escape).Sql}";

    private string TestDouble(DoubleTest test)
    {
        var column = scope.Resolve(test.Column)
            ?? throw SqlErrors.Refused($"Function: {test.Name} has unknown reference: {SqlText.Plain(test.Column)}");
        if (column.Model is null)
        {
            throw SqlErrors.Refused("(double boolean-functions can only be used on columns defined in the schema");
        }

        if (column.Type != ColumnTypes.Double)
        {
            throw SqlErrors.Refused($"Function: {test.Name} can only be used with a column of type DOUBLE.");
        }

        return test.Name == "ISNAN" ? $"(typeof({column.Sql}) = 'text')" : $"({column.Sql} IN (9e999, -9e999))";
    }

    private string Search(TextMatches matches)
    {
        var table = scope.Tables[0].Source;
        if (!table.IsSearchEnabled)
        {
            throw SqlErrors.Refused($"Invalid use of TEXT_MATCHES. Full text search is not enabled on table {table.Key}.");
        }

        var columns = scope.Tables[0].Source.Columns
            .Where(column => column.ColumnType != ColumnTypes.Json && ColumnTypes.IsComparedAsText(column.ColumnType))
            .Select(column => $"ifnull({scope.Tables[0].Alias}.{IndexNames.Column(column)}, '')")
            .DefaultIfEmpty("''");
        return $"syn_text_matches({string.Join(" || ' ' || ", columns)}, {context.Bindings.Add(matches.Words)})";
    }

    private void RequireOneTable()
    {
        if (scope.Tables.Count > 1)
        {
            throw SqlErrors.Refused(Translator.NoJoin);
        }
    }

    // The values of a list that holds nothing but literals; null: it holds something else.
    private static List<object?>? Literals(string? type, IReadOnlyList<SqlValue> values)
    {
        var literals = new List<object?>(values.Count);
        foreach (var value in values)
        {
            switch (value)
            {
                case TextValue text:
                    literals.Add(SqlLiterals.Value(type, text.Text, isNumber: false));
                    break;
                case NumberValue number:
                    literals.Add(SqlLiterals.Value(type, number.Image, isNumber: true));
                    break;
                case SignedValue { Sign: '-', Inner: NumberValue number }:
                    literals.Add(SqlLiterals.Value(type, "-" + number.Image, isNumber: true));
                    break;
                default:
                    return null;
            }
        }

        return literals;
    }

    private static string Not(bool isNot) => isNot ? "NOT " : "";

    private static string Truth(string word) => word == "UNKNOWN" ? "NULL" : word;
}
