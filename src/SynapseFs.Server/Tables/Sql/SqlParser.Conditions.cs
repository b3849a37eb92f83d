namespace SynapseFs.Server.Tables.Sql;

/// <summary>Conditions. The left side of a predicate is a column, a function or a CAST.</summary>
internal sealed partial class SqlParser
{
    private SqlCondition Condition()
    {
        var terms = Repeated(AndTerm, SqlTokenKind.Or);
        return terms.Count == 1 ? terms[0] : new OrCondition(terms);
    }

    private SqlCondition AndTerm()
    {
        var factors = Repeated(BooleanFactor, SqlTokenKind.And);
        return factors.Count == 1 ? factors[0] : new AndCondition(factors);
    }

    private SqlCondition BooleanFactor() => TryTake(SqlTokenKind.Not) ? new NotCondition(BooleanTest()) : BooleanTest();

    private SqlCondition BooleanTest()
    {
        var primary = BooleanPrimary();
        if (!TryTake(SqlTokenKind.Is))
        {
            return primary;
        }

        var isNot = TryTake(SqlTokenKind.Not);
        return new TruthTest(primary, isNot, TruthWord());
    }

    private SqlCondition BooleanPrimary()
    {
        if (!TryTake(SqlTokenKind.LeftParen))
        {
            return Predicate();
        }

        var inner = Nested(Condition);
        Take(SqlTokenKind.RightParen);
        return new ParenthesizedCondition(inner);
    }

    private SqlCondition Predicate()
    {
        if (Is(SqlTokenKind.IsNan) || Is(SqlTokenKind.IsInfinity))
        {
            var name = Take().Image.ToUpperInvariant();
            Take(SqlTokenKind.LeftParen);
            var column = Column();
            Take(SqlTokenKind.RightParen);
            return new DoubleTest(name, column);
        }

        if (TryTake(SqlTokenKind.TextMatches))
        {
            Take(SqlTokenKind.LeftParen);
            var words = Take(SqlTokenKind.Text).Value;
            Take(SqlTokenKind.RightParen);
            return new TextMatches(words);
        }

        return Rest(LeftSide());
    }

    private SqlValue LeftSide()
    {
        if (IsFunctionName())
        {
            return Function();
        }

        if (Is(SqlTokenKind.Cast))
        {
            return Nested(Cast);
        }

        return IsName() ? Column() : throw Unexpected();
    }

    private SqlCondition Rest(SqlValue left)
    {
        if (IsAny(
            SqlTokenKind.EqualTo, SqlTokenKind.NotEquals, SqlTokenKind.LessThan, SqlTokenKind.GreaterThan, SqlTokenKind.LessOrEqual,
            SqlTokenKind.GreaterOrEqual))
        {
            var word = Take().Image;
            return new Comparison(left, word, RightSide());
        }

        if (TryTake(SqlTokenKind.Is))
        {
            var isNotWord = TryTake(SqlTokenKind.Not);
            return new IsCondition(left, isNotWord, TryTake(SqlTokenKind.Null) ? "NULL" : TruthWord());
        }

        var isNot = TryTake(SqlTokenKind.Not);
        if (TryTake(SqlTokenKind.Between))
        {
            var low = RightSide();
            Take(SqlTokenKind.And);
            return new BetweenCondition(left, isNot, low, RightSide());
        }

        if (TryTake(SqlTokenKind.In))
        {
            return new InCondition(left, isNot, ValueList());
        }

        if (TryTake(SqlTokenKind.Has))
        {
            return new HasCondition(left, isNot, IsLike: false, ValueList(), null);
        }

        if (TryTake(SqlTokenKind.HasLike))
        {
            return new HasCondition(left, isNot, IsLike: true, ValueList(), EscapeCharacter());
        }

        Take(SqlTokenKind.Like);
        var pattern = Primary();
        return new LikeCondition(left, isNot, pattern, EscapeCharacter());
    }

    private SqlValue RightSide()
    {
        if (TryTake(SqlTokenKind.Default))
        {
            return new DefaultValue();
        }

        return IsTruthWord() ? new TruthValue(TruthWord()) : Value();
    }

    private SqlValue? EscapeCharacter() => TryTake(SqlTokenKind.Escape) ? Primary() : null;

    private List<SqlValue> ValueList()
    {
        Take(SqlTokenKind.LeftParen);
        var values = List(Value);
        Take(SqlTokenKind.RightParen);
        return values;
    }

    private bool IsTruthWord() => IsAny(SqlTokenKind.True, SqlTokenKind.False, SqlTokenKind.Unknown);

    private string TruthWord() => IsTruthWord() ? Take().Image.ToUpperInvariant() : throw Unexpected();

    private List<SqlCondition> Repeated(Func<SqlCondition> part, SqlTokenKind between)
    {
        var parts = new List<SqlCondition>();
        do
        {
            parts.Add(part());
        }
        while (TryTake(between));
        return parts;
    }
}
