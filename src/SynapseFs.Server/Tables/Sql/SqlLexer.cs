namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// Cuts SQL into tokens as the service does: the longest match wins, blanks, control characters and everything from DEL on are skipped
/// outside quotes, <c>GROUP BY</c> and <c>ORDER BY</c> are single tokens with one blank, and so is <c>COUNT(*)</c>.
/// </summary>
internal sealed class SqlLexer(string sql)
{
    private const string CountAsterisk = "count(*)";
    private const int TabSize = 8;

    private int _at;
    private int _line = 1;
    private int _column = 1;
    private int _lastLine;
    private int _lastColumn;

    /// <summary>All tokens; the last is <see cref="SqlTokenKind.End"/>, which stands at the last character.</summary>
    public static List<SqlToken> Read(string sql)
    {
        var lexer = new SqlLexer(sql);
        var tokens = new List<SqlToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != SqlTokenKind.End);
        return tokens;
    }

    private SqlToken Next()
    {
        while (_at < sql.Length && (sql[_at] <= ' ' || sql[_at] >= '\x7f'))
        {
            Step();
        }

        if (_at == sql.Length)
        {
            return new SqlToken(SqlTokenKind.End, "", "", _lastLine, _lastColumn);
        }

        return sql[_at] switch
        {
            '\'' => Quoted(SqlTokenKind.Text),
            '"' => Quoted(SqlTokenKind.DoubleQuoted),
            '`' => Quoted(SqlTokenKind.Backticked),
            >= '0' and <= '9' => Number(),
            '.' when Peek(1) is >= '0' and <= '9' => Number(),
            >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' => Word(),
            _ => Symbol(),
        };
    }

    // An open quote runs to the end of the text, and it is the end that the error then names.
    private SqlToken Quoted(SqlTokenKind kind)
    {
        var (start, line, column) = (_at, _line, _column);
        var quote = sql[_at];
        var value = new System.Text.StringBuilder();
        Step();
        while (_at < sql.Length)
        {
            if (sql[_at] == quote)
            {
                Step();
                if (_at >= sql.Length || sql[_at] != quote)
                {
                    return new SqlToken(kind, sql[start.._at], value.ToString(), line, column);
                }
            }

            value.Append(sql[_at]);
            Step();
        }

        var open = kind switch
        {
            SqlTokenKind.Text => SqlTokenKind.NotSingleQuote,
            SqlTokenKind.DoubleQuoted => SqlTokenKind.NotDoubleQuote,
            _ => SqlTokenKind.NotBacktick,
        };
        return new SqlToken(open, sql[start..], value.ToString(), line, column);
    }

    private SqlToken Number()
    {
        var end = _at;
        var kind = SqlTokenKind.UnsignedInteger;
        end = SkipDigits(end);
        if (end < sql.Length && sql[end] == '.')
        {
            kind = SqlTokenKind.ExactNumber;
            end = SkipDigits(end + 1);
        }

        if (end < sql.Length && sql[end] is 'e' or 'E')
        {
            var exponent = end + 1;
            if (exponent < sql.Length && sql[exponent] is '+' or '-')
            {
                exponent++;
            }

            var after = SkipDigits(exponent);
            if (after > exponent)
            {
                (kind, end) = (SqlTokenKind.ApproximateNumber, after);
            }
        }

        return Take(kind, end - _at);
    }

    private SqlToken Word()
    {
        var end = _at;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }

        var word = sql[_at..end];
        if (IsAt(end, " by", StringComparison.OrdinalIgnoreCase))
        {
            if (word.Equals("group", StringComparison.OrdinalIgnoreCase))
            {
                return Take(SqlTokenKind.GroupBy, word.Length + 3);
            }

            if (word.Equals("order", StringComparison.OrdinalIgnoreCase))
            {
                return Take(SqlTokenKind.OrderBy, word.Length + 3);
            }
        }

        if (word is "count" or "COUNT" && IsAt(end, CountAsterisk[5..], StringComparison.Ordinal))
        {
            return Take(SqlTokenKind.CountAsterisk, CountAsterisk.Length);
        }

        if (word.Length > 3 && word.StartsWith("syn", StringComparison.OrdinalIgnoreCase) && SkipDigits(_at + 3) == end)
        {
            var versionEnd = end < sql.Length && sql[end] == '.' ? SkipDigits(end + 1) : end;
            return Take(SqlTokenKind.EntityId, (versionEnd > end + 1 ? versionEnd : end) - _at);
        }

        return Take(SqlWords.KindOf(word), word.Length);
    }

    private SqlToken Symbol() => sql[_at] switch
    {
        '*' => Take(SqlTokenKind.Asterisk, 1),
        '-' => Take(SqlTokenKind.Minus, 1),
        '+' => Take(SqlTokenKind.Plus, 1),
        '/' => Take(SqlTokenKind.Solidus, 1),
        '%' => Take(SqlTokenKind.Modulo, 1),
        '=' => Take(SqlTokenKind.EqualTo, 1),
        '<' when Peek(1) == '>' => Take(SqlTokenKind.NotEquals, 2),
        '<' when Peek(1) == '=' => Take(SqlTokenKind.LessOrEqual, 2),
        '>' when Peek(1) == '=' => Take(SqlTokenKind.GreaterOrEqual, 2),
        '<' => Take(SqlTokenKind.LessThan, 1),
        '>' => Take(SqlTokenKind.GreaterThan, 1),
        ',' => Take(SqlTokenKind.Comma, 1),
        '(' => Take(SqlTokenKind.LeftParen, 1),
        ')' => Take(SqlTokenKind.RightParen, 1),
        '.' => Take(SqlTokenKind.Period, 1),
        ';' => Take(SqlTokenKind.Semicolon, 1),
        _ => Take(SqlTokenKind.Stray, 1),
    };

    private SqlToken Take(SqlTokenKind kind, int length)
    {
        var token = new SqlToken(kind, sql.Substring(_at, length), "", _line, _column);
        for (var i = 0; i < length; i++)
        {
            Step();
        }

        return token with { Value = token.Image };
    }

    private void Step()
    {
        (_lastLine, _lastColumn) = (_line, _column);
        switch (sql[_at++])
        {
            case '\n':
                (_line, _column) = (_line + 1, 1);
                break;
            case '\t':
                _column += TabSize - ((_column - 1) % TabSize);
                break;
            default:
                _column++;
                break;
        }
    }

    private char Peek(int ahead) => _at + ahead < sql.Length ? sql[_at + ahead] : '\0';

    private bool IsAt(int index, string text, StringComparison comparison) =>
        string.Compare(sql, index, text, 0, text.Length, comparison) == 0;

    private int SkipDigits(int index)
    {
        while (index < sql.Length && char.IsAsciiDigit(sql[index]))
        {
            index++;
        }

        return index;
    }
}
