using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Value expressions.</summary>
internal sealed partial class SqlParser
{
    private SqlValue Value() => Chain(Term, SqlTokenKind.Plus, SqlTokenKind.Minus);

    private SqlValue Term() =>
        Chain(Factor, SqlTokenKind.Asterisk, SqlTokenKind.Solidus, SqlTokenKind.Div, SqlTokenKind.Modulo);

    private SqlValue Chain(Func<SqlValue> operand, params ReadOnlySpan<SqlTokenKind> operators)
    {
        var first = operand();
        List<ChainLink>? rest = null;
        while (IsAny(operators))
        {
            var word = Take().Image.ToUpperInvariant();
            (rest ??= []).Add(new ChainLink(word, operand()));
        }

        return rest is null ? first : new ChainValue(first, rest);
    }

    private SqlValue Factor()
    {
        if (Is(SqlTokenKind.Plus) || Is(SqlTokenKind.Minus))
        {
            return new SignedValue(Take().Image[0], Nested(NumericPrimary));
        }

        return NumericPrimary();
    }

    private SqlValue NumericPrimary()
    {
        if (IsFunctionName())
        {
            return Function();
        }

        if (TryTake(SqlTokenKind.CurrentUser))
        {
            Take(SqlTokenKind.LeftParen);
            Take(SqlTokenKind.RightParen);
            return new CurrentUserValue();
        }

        return Primary();
    }

    private SqlValue Primary()
    {
        if (TryTake(SqlTokenKind.Null))
        {
            return new NullValue();
        }

        if (TryTake(SqlTokenKind.CountAsterisk))
        {
            return new AggregateValue("COUNT", null, [], [], null);
        }

        if (Is(SqlTokenKind.AggregateName))
        {
            return Nested(Aggregate);
        }

        if (TryTake(SqlTokenKind.Unnest))
        {
            Take(SqlTokenKind.LeftParen);
            var column = Column();
            Take(SqlTokenKind.RightParen);
            return new UnnestValue(column);
        }

        if (IsName())
        {
            return Column();
        }

        if (IsLiteral())
        {
            return Literal();
        }

        if (TryTake(SqlTokenKind.LeftParen))
        {
            var inner = Nested(Value);
            Take(SqlTokenKind.RightParen);
            return new ParenthesizedValue(inner);
        }

        if (Is(SqlTokenKind.NullIf) || Is(SqlTokenKind.Coalesce))
        {
            return Nested(AbbreviatedCase);
        }

        if (TryTake(SqlTokenKind.Case))
        {
            return Nested(Case);
        }

        return Is(SqlTokenKind.Cast) ? Nested(Cast) : throw Unexpected();
    }

    private AggregateValue Aggregate()
    {
        var name = Take().Image.ToUpperInvariant();
        Take(SqlTokenKind.LeftParen);
        var quantifier = Quantifier();
        var arguments = List(Value);
        var order = OrderBy();
        var separator = TryTake(SqlTokenKind.Separator) ? Take(SqlTokenKind.Text).Value : null;
        Take(SqlTokenKind.RightParen);
        return new AggregateValue(name, quantifier, arguments, order, separator);
    }

    private FunctionValue Function()
    {
        var name = Take().Image.ToUpperInvariant();
        if (!TryTake(SqlTokenKind.LeftParen))
        {
            return new FunctionValue(name, null);
        }

        if (TryTake(SqlTokenKind.RightParen))
        {
            return new FunctionValue(name, []);
        }

        var arguments = Nested(() => List(Value));
        Take(SqlTokenKind.RightParen);
        return new FunctionValue(name, arguments);
    }

    private AbbreviatedCaseValue AbbreviatedCase()
    {
        var name = Take().Image.ToUpperInvariant();
        Take(SqlTokenKind.LeftParen);
        var arguments = new List<SqlValue> { Value() };
        Take(SqlTokenKind.Comma);
        arguments.AddRange(List(Value));
        Take(SqlTokenKind.RightParen);
        return new AbbreviatedCaseValue(name, arguments);
    }

    private CaseValue Case()
    {
        var operand = Is(SqlTokenKind.When) ? null : Value();
        var branches = new List<CaseBranch>();
        Take(SqlTokenKind.When);
        do
        {
            var (match, condition) = operand is null ? ((SqlValue?)null, Condition()) : (Value(), null);
            Take(SqlTokenKind.Then);
            branches.Add(new CaseBranch(match, condition, Value()));
        }
        while (TryTake(SqlTokenKind.When));

        var otherwise = TryTake(SqlTokenKind.Else) ? Value() : null;
        Take(SqlTokenKind.EndWord);
        return new CaseValue(operand, branches, otherwise);
    }

    private CastValue Cast()
    {
        Take(SqlTokenKind.Cast);
        Take(SqlTokenKind.LeftParen);
        var operand = Value();
        Take(SqlTokenKind.As);
        var cast = Is(SqlTokenKind.UnsignedInteger)
            ? new CastValue(operand, null, Take().Image)
            : new CastValue(operand, ColumnType(), null);
        Take(SqlTokenKind.RightParen);
        return cast;
    }

    private string ColumnType()
    {
        var name = Is(SqlTokenKind.DateTimeFunction) ? Take() : Take(SqlTokenKind.Identifier);
        var type = name.Image.ToUpperInvariant();
        return ColumnTypes.All.Contains(type)
            ? type
            : throw SqlErrors.Refused($"No enum constant org.sagebionetworks.repo.model.table.ColumnType.{type}");
    }

    private ColumnValue Column()
    {
        var name = Name();
        return TryTake(SqlTokenKind.Period) ? new ColumnValue(name, Name()) : new ColumnValue(null, name);
    }

    private SqlValue Literal()
    {
        var token = Take();
        switch (token.Kind)
        {
            case SqlTokenKind.Text:
                return new TextValue(token.Value);
            case SqlTokenKind.Interval:
                var count = UnsignedInteger();
                return new IntervalValue(count, Take(SqlTokenKind.DateTimeField).Image.ToUpperInvariant());
            case SqlTokenKind.UnsignedInteger:
                ToLong(token.Image);
                return new NumberValue(token.Image, IsInteger: true);
            default:
                return new NumberValue(token.Image, IsInteger: false);
        }
    }

    private bool IsName() => Is(SqlTokenKind.Identifier) || Is(SqlTokenKind.EntityId) || IsQuotedName();

    private bool IsLiteral() =>
        Is(SqlTokenKind.UnsignedInteger) || Is(SqlTokenKind.ExactNumber) || Is(SqlTokenKind.ApproximateNumber)
        || Is(SqlTokenKind.Text) || Is(SqlTokenKind.Interval);

    private bool IsFunctionName() =>
        IsAny(
            SqlTokenKind.DateTimeFunction, SqlTokenKind.StringFunction, SqlTokenKind.DateTimeField, SqlTokenKind.NumericFunction,
            SqlTokenKind.IfNull, SqlTokenKind.JsonFunction);

    private bool IsAny(params ReadOnlySpan<SqlTokenKind> kinds)
    {
        var isOne = false;
        foreach (var kind in kinds)
        {
            isOne |= Is(kind);
        }

        return isOne;
    }
}
