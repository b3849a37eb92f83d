using System.Globalization;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// Recursive descent over the service's grammar (table-query-parser.jj), one token ahead. What was asked for at the current token is
/// kept, so that an error can tell what would have been right. This part: statements and their clauses.
/// </summary>
internal sealed partial class SqlParser(string sql)
{
    /// <summary>Parentheses, functions and cases within each other; far below what the stack or SQLite bear.</summary>
    private const int DeepestNesting = 60;

    private readonly List<SqlToken> _tokens = SqlLexer.Read(sql);
    private readonly SortedSet<SqlTokenKind> _expected = [];
    private int _at;
    private int _depth;

    public QueryExpression QueryExpression()
    {
        var with = new List<WithElement>();
        if (TryTake(SqlTokenKind.With))
        {
            do
            {
                with.Add(WithElement());
            }
            while (TryTake(SqlTokenKind.Comma));
        }

        var parts = UnionParts();
        EndOfText();
        return new QueryExpression(with, parts);
    }

    public QuerySpecification QueryAlone()
    {
        var query = QuerySpecification();
        EndOfText();
        return query;
    }

    public SqlValue ValueAlone()
    {
        var value = Value();
        Take(SqlTokenKind.End);
        return value;
    }

    private WithElement WithElement()
    {
        var name = Name();
        var columns = new List<SqlName>();
        if (TryTake(SqlTokenKind.LeftParen))
        {
            do
            {
                columns.Add(Name());
            }
            while (TryTake(SqlTokenKind.Comma));
            Take(SqlTokenKind.RightParen);
        }

        Take(SqlTokenKind.As);
        Take(SqlTokenKind.LeftParen);
        var parts = UnionParts();
        Take(SqlTokenKind.RightParen);
        return new WithElement(name, columns, parts);
    }

    private List<UnionPart> UnionParts()
    {
        var parts = new List<UnionPart> { UnionPart(null) };
        while (TryTake(SqlTokenKind.Union))
        {
            parts.Add(UnionPart(Quantifier()));
        }

        return parts;
    }

    private UnionPart UnionPart(string? quantifier)
    {
        if (!TryTake(SqlTokenKind.LeftParen))
        {
            return new UnionPart(quantifier, QuerySpecification(), IsParenthesized: false);
        }

        var inner = QuerySpecification();
        Take(SqlTokenKind.RightParen);
        return new UnionPart(quantifier, inner, IsParenthesized: true);
    }

    private QuerySpecification QuerySpecification()
    {
        Take(SqlTokenKind.Select);
        var quantifier = Quantifier();
        var columns = TryTake(SqlTokenKind.Asterisk) ? null : List(SelectItem);
        Take(SqlTokenKind.From);
        var from = From();
        return new QuerySpecification
        {
            Quantifier = quantifier,
            Columns = columns,
            From = from,
            DefiningWhere = TryTake(SqlTokenKind.DefiningWhere) ? Condition() : null,
            Where = TryTake(SqlTokenKind.Where) ? Condition() : null,
            GroupBy = TryTake(SqlTokenKind.GroupBy) ? List(Value) : [],
            OrderBy = OrderBy(),
            Pagination = Pagination(),
        };
    }

    private SelectItem SelectItem()
    {
        var value = Value();
        return new SelectItem(value, TryTake(SqlTokenKind.As) ? Name() : null);
    }

    private FromClause From()
    {
        var first = Table();
        var joins = new List<JoinClause>();
        while (JoinKind() is { } kind)
        {
            var table = Table();
            joins.Add(new JoinClause(kind, table, TryTake(SqlTokenKind.On) ? Condition() : null));
        }

        return new FromClause(first, joins);
    }

    /// <summary>The words before JOIN, which is taken too; null where there is no join.</summary>
    private string? JoinKind()
    {
        var kind = "";
        if (TryTake(SqlTokenKind.Inner))
        {
            kind = "INNER";
        }
        else if (Is(SqlTokenKind.Left) || Is(SqlTokenKind.Right))
        {
            kind = Take().Kind == SqlTokenKind.Left ? "LEFT" : "RIGHT";
            kind += TryTake(SqlTokenKind.Outer) ? " OUTER" : "";
        }
        else if (!Is(SqlTokenKind.Join))
        {
            return null;
        }

        Take(SqlTokenKind.Join);
        return kind;
    }

    private TableRef Table()
    {
        var name = Is(SqlTokenKind.EntityId) ? Take() : Take(SqlTokenKind.Identifier);
        if (TryTake(SqlTokenKind.As))
        {
            return new TableRef(name.Image, Take(SqlTokenKind.Identifier).Image, HasAs: true);
        }

        return new TableRef(name.Image, Is(SqlTokenKind.Identifier) ? Take().Image : null, HasAs: false);
    }

    private string? Quantifier() =>
        TryTake(SqlTokenKind.Distinct) ? "DISTINCT" : TryTake(SqlTokenKind.All) ? "ALL" : null;

    private List<SortKey> OrderBy() => TryTake(SqlTokenKind.OrderBy) ? List(SortKey) : [];

    private SortKey SortKey()
    {
        var value = Value();
        return new SortKey(value, TryTake(SqlTokenKind.Asc) ? "ASC" : TryTake(SqlTokenKind.Desc) ? "DESC" : null);
    }

    private Pagination? Pagination()
    {
        if (!TryTake(SqlTokenKind.Limit))
        {
            return null;
        }

        var limit = UnsignedInteger();
        return new Pagination(limit, TryTake(SqlTokenKind.Offset) ? UnsignedInteger() : null);
    }

    private long UnsignedInteger() => ToLong(Take(SqlTokenKind.UnsignedInteger).Image);

    private static long ToLong(string image) =>
        long.TryParse(image, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw SqlErrors.Refused($"For input string: \"{image}\"");

    private void EndOfText()
    {
        TryTake(SqlTokenKind.Semicolon);
        Take(SqlTokenKind.End);
    }

    private SqlName Name()
    {
        if (Is(SqlTokenKind.Identifier) || Is(SqlTokenKind.EntityId))
        {
            var token = Take();
            return new SqlName(token.Image, '\0', token.Line, token.Column);
        }

        if (IsQuotedName())
        {
            var token = Take();
            return new SqlName(token.Value, token.Image[0], token.Line, token.Column);
        }

        throw Unexpected();
    }

    private List<T> List<T>(Func<T> item)
    {
        var items = new List<T>();
        do
        {
            items.Add(item());
        }
        while (TryTake(SqlTokenKind.Comma));
        return items;
    }

    private bool IsQuotedName() => Is(SqlTokenKind.DoubleQuoted) || Is(SqlTokenKind.Backticked);

    private bool Is(SqlTokenKind kind)
    {
        _expected.Add(kind);
        return _tokens[_at].Kind == kind;
    }

    private SqlToken Take()
    {
        _expected.Clear();
        return _tokens[_at++];
    }

    private bool TryTake(SqlTokenKind kind)
    {
        if (!Is(kind))
        {
            return false;
        }

        Take();
        return true;
    }

    private SqlToken Take(SqlTokenKind kind) => Is(kind) ? Take() : throw Unexpected();

    private ServiceException Unexpected()
    {
        var found = _tokens[_at];
        var closing = found.Kind switch
        {
            SqlTokenKind.NotSingleQuote => SqlTokenKind.Text,
            SqlTokenKind.NotDoubleQuote => SqlTokenKind.DoubleQuoted,
            SqlTokenKind.NotBacktick => SqlTokenKind.Backticked,
            _ => SqlTokenKind.End,
        };
        return closing == SqlTokenKind.End || !_expected.Contains(closing)
            ? SqlErrors.Unexpected(closing == SqlTokenKind.End ? found : found with { Kind = closing, Image = found.Image[..1] }, _expected)
            : SqlErrors.Unexpected(_tokens[^1], [closing, found.Kind]);
    }

    private T Nested<T>(Func<T> inner)
    {
        if (++_depth > DeepestNesting)
        {
            throw SqlErrors.Refused("The SQL is nested too deeply.");
        }

        var result = inner();
        _depth--;
        return result;
    }
}
