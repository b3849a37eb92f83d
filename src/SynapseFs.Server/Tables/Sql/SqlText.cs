using System.Globalization;
using System.Text;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Writes the tree as table SQL again; what is written reads back as the same tree.</summary>
internal sealed partial class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly bool _hasQuotes;

    private SqlText(bool hasQuotes) => _hasQuotes = hasQuotes;

    public static string Of(QueryExpression query)
    {
        var text = new SqlText(hasQuotes: true);
        text.Write(query);
        return text._text.ToString();
    }

    public static string Of(QuerySpecification query)
    {
        var text = new SqlText(hasQuotes: true);
        text.Write(query);
        return text._text.ToString();
    }

    public static string Of(SqlValue value) => Of(value, hasQuotes: true);

    /// <summary>Without the quotes of names and literals: how results name their columns.</summary>
    public static string Plain(SqlValue value) => Of(value, hasQuotes: false);

    public static string Of(SqlCondition condition)
    {
        var text = new SqlText(hasQuotes: true);
        text.Write(condition);
        return text._text.ToString();
    }

    private static string Of(SqlValue value, bool hasQuotes)
    {
        var text = new SqlText(hasQuotes);
        text.Write(value);
        return text._text.ToString();
    }

    private void Write(SqlName name)
    {
        if (name.Quote == '\0' || !_hasQuotes)
        {
            Add(name.Text);
            return;
        }

        var quote = name.Quote.ToString();
        Add(quote + name.Text.Replace(quote, quote + quote, StringComparison.Ordinal) + quote);
    }

    private void Write(SqlValue value)
    {
        switch (value)
        {
            case ColumnValue column:
                if (column.Table is { } table)
                {
                    Write(table);
                    Add(".");
                }

                Write(column.Name);
                break;
            case NumberValue number:
                Add(number.Image);
                break;
            case TextValue text:
                Add(_hasQuotes ? Quoted(text.Text) : text.Text);
                break;
            case IntervalValue interval:
                Add(string.Create(CultureInfo.InvariantCulture, $"INTERVAL {interval.Count} {interval.Unit}"));
                break;
            case ParenthesizedValue inner:
                Parenthesized(inner.Inner);
                break;
            case SignedValue signed:
                Add(signed.Sign.ToString());
                Write(signed.Inner);
                break;
            case ChainValue chain:
                Write(chain.First);
                foreach (var link in chain.Rest)
                {
                    Add(link.Operator == "DIV" ? " DIV " : link.Operator);
                    Write(link.Operand);
                }

                break;
            case AggregateValue aggregate:
                Write(aggregate);
                break;
            case UnnestValue unnest:
                Add("UNNEST(");
                Write(unnest.Column);
                Add(")");
                break;
            case FunctionValue function:
                Add(function.Name);
                if (function.Arguments is { } arguments)
                {
                    Arguments(arguments);
                }

                break;
            case AbbreviatedCaseValue shortened:
                Add(shortened.Name);
                Arguments(shortened.Arguments);
                break;
            case CaseValue cases:
                Write(cases);
                break;
            case CastValue cast:
                Add("CAST(");
                Write(cast.Operand);
                Add($" AS {cast.ColumnType ?? cast.ColumnId})");
                break;
            default:
                Add(Word(value));
                break;
        }
    }

    private static string Word(SqlValue value) => value switch
    {
        NullValue => "NULL",
        TruthValue truth => truth.Word,
        DefaultValue => "DEFAULT",
        CurrentUserValue => "CURRENT_USER()",
        _ => throw new InvalidOperationException($"{value.GetType().Name} has no text."),
    };

    private void Write(AggregateValue aggregate)
    {
        if (aggregate.Arguments.Count == 0)
        {
            Add("COUNT(*)");
            return;
        }

        Add(aggregate.Name + "(");
        Add(aggregate.Quantifier is { } quantifier ? quantifier + " " : "");
        Join(aggregate.Arguments, ", ", Write);
        Write(aggregate.OrderBy);
        Add(aggregate.Separator is { } separator ? " SEPARATOR " + Quoted(separator) : "");
        Add(")");
    }

    private void Write(CaseValue cases)
    {
        Add("CASE");
        if (cases.Operand is { } operand)
        {
            Add(" ");
            Write(operand);
        }

        foreach (var branch in cases.Branches)
        {
            Add(" WHEN ");
            if (branch.Match is { } match)
            {
                Write(match);
            }
            else
            {
                Write(branch.Condition!);
            }

            Add(" THEN ");
            Write(branch.Result);
        }

        if (cases.Otherwise is { } otherwise)
        {
            Add(" ELSE ");
            Write(otherwise);
        }

        Add(" END");
    }

    private void Arguments(IReadOnlyList<SqlValue> arguments)
    {
        Add("(");
        Join(arguments, ",", Write);
        Add(")");
    }

    private void Parenthesized(SqlValue inner)
    {
        Add("(");
        Write(inner);
        Add(")");
    }

    private void Join<T>(IReadOnlyList<T> parts, string between, Action<T> write)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            Add(i == 0 ? "" : between);
            write(parts[i]);
        }
    }

    private static string Not(bool isNot) => isNot ? "NOT " : "";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private void Add(string text) => _text.Append(text);
}
