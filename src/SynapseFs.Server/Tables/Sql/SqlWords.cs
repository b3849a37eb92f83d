namespace SynapseFs.Server.Tables.Sql;

/// <summary>The reserved words of table SQL and how errors write tokens.</summary>
internal static class SqlWords
{
    private static readonly Dictionary<string, SqlTokenKind> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ALL"] = SqlTokenKind.All,
        ["AND"] = SqlTokenKind.And,
        ["ASC"] = SqlTokenKind.Asc,
        ["AS"] = SqlTokenKind.As,
        ["BETWEEN"] = SqlTokenKind.Between,
        ["DESC"] = SqlTokenKind.Desc,
        ["DISTINCT"] = SqlTokenKind.Distinct,
        ["DEFAULT"] = SqlTokenKind.Default,
        ["ESCAPE"] = SqlTokenKind.Escape,
        ["FALSE"] = SqlTokenKind.False,
        ["FROM"] = SqlTokenKind.From,
        ["INTERVAL"] = SqlTokenKind.Interval,
        ["IN"] = SqlTokenKind.In,
        ["HAS"] = SqlTokenKind.Has,
        ["HAS_LIKE"] = SqlTokenKind.HasLike,
        ["IS"] = SqlTokenKind.Is,
        ["LIKE"] = SqlTokenKind.Like,
        ["LIMIT"] = SqlTokenKind.Limit,
        ["NOT"] = SqlTokenKind.Not,
        ["NULL"] = SqlTokenKind.Null,
        ["OFFSET"] = SqlTokenKind.Offset,
        ["OR"] = SqlTokenKind.Or,
        ["SELECT"] = SqlTokenKind.Select,
        ["TIME"] = SqlTokenKind.Time,
        ["TIMESTAMP"] = SqlTokenKind.Timestamp,
        ["TRUE"] = SqlTokenKind.True,
        ["WHERE"] = SqlTokenKind.Where,
        ["UNKNOWN"] = SqlTokenKind.Unknown,
        ["ISNAN"] = SqlTokenKind.IsNan,
        ["ISINFINITY"] = SqlTokenKind.IsInfinity,
        ["SEPARATOR"] = SqlTokenKind.Separator,
        ["TEXT_MATCHES"] = SqlTokenKind.TextMatches,
        ["JOIN"] = SqlTokenKind.Join,
        ["ON"] = SqlTokenKind.On,
        ["INNER"] = SqlTokenKind.Inner,
        ["LEFT"] = SqlTokenKind.Left,
        ["RIGHT"] = SqlTokenKind.Right,
        ["OUTER"] = SqlTokenKind.Outer,
        ["UNION"] = SqlTokenKind.Union,
        ["NULLIF"] = SqlTokenKind.NullIf,
        ["COALESCE"] = SqlTokenKind.Coalesce,
        ["CASE"] = SqlTokenKind.Case,
        ["END"] = SqlTokenKind.EndWord,
        ["WHEN"] = SqlTokenKind.When,
        ["THEN"] = SqlTokenKind.Then,
        ["ELSE"] = SqlTokenKind.Else,
        ["CAST"] = SqlTokenKind.Cast,
        ["WITH"] = SqlTokenKind.With,
        ["DEFINING_WHERE"] = SqlTokenKind.DefiningWhere,
        ["CURRENT_USER"] = SqlTokenKind.CurrentUser,
        ["IFNULL"] = SqlTokenKind.IfNull,
        ["UNNEST"] = SqlTokenKind.Unnest,
        ["DIV"] = SqlTokenKind.Div,
    };

    private static readonly Dictionary<SqlTokenKind, string> Images = MakeImages();

    static SqlWords()
    {
        AddAll(
            SqlTokenKind.AggregateName,
            "AVG COUNT MIN MAX SUM BIT_AND BIT_OR BIT_XOR STD STDDEV STDDEV_POP STDDEV_SAMP VAR_POP VAR_SAMP VARIANCE GROUP_CONCAT "
            + "JSON_ARRAYAGG");
        AddAll(
            SqlTokenKind.DateTimeFunction,
            "CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME NOW UNIX_TIMESTAMP FROM_UNIXTIME YEARWEEK DATE DAYNAME DAYOFYEAR DAYOFMONTH "
            + "DAYOFWEEK MONTHNAME WEEKOFYEAR");
        AddAll(SqlTokenKind.StringFunction, "CONCAT REPLACE UPPER LOWER TRIM");
        AddAll(SqlTokenKind.NumericFunction, "ROUND CRC32");
        AddAll(SqlTokenKind.JsonFunction, "JSON_OBJECT JSON_ARRAY JSON_EXTRACT JSON_OVERLAPS JSON_SEARCH JSON_QUOTE JSON_UNQUOTE");
        AddAll(SqlTokenKind.DateTimeField, "MICROSECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR");
    }

    public static SqlTokenKind KindOf(string word) => Words.GetValueOrDefault(word, SqlTokenKind.Identifier);

    /// <summary>A kind of token as an error names it: a word in quotes, or a class of words in angle brackets.</summary>
    public static string ImageOf(SqlTokenKind kind) => Images[kind];

    private static void AddAll(SqlTokenKind kind, string words)
    {
        foreach (var word in words.Split(' '))
        {
            Words.Add(word, kind);
        }
    }

    private static Dictionary<SqlTokenKind, string> MakeImages()
    {
        var images = new Dictionary<SqlTokenKind, string>
        {
            [SqlTokenKind.End] = "<EOF>",
            [SqlTokenKind.DoubleQuoted] = "\"\\\"\"",
            [SqlTokenKind.Backticked] = "\"`\"",
            [SqlTokenKind.Text] = "\"\\\'\"",
            [SqlTokenKind.UnsignedInteger] = "<unsigned_integer>",
            [SqlTokenKind.ExactNumber] = "<exact_numeric_literal>",
            [SqlTokenKind.ApproximateNumber] = "<approximate_numeric_literal>",
            [SqlTokenKind.CountAsterisk] = "<count_asterisk>",
            [SqlTokenKind.GroupBy] = "\"GROUP BY\"",
            [SqlTokenKind.OrderBy] = "\"ORDER BY\"",
            [SqlTokenKind.AggregateName] = "<aggregate_functions_name>",
            [SqlTokenKind.DateTimeFunction] = "<date_time_function_name>",
            [SqlTokenKind.StringFunction] = "<string_function_name>",
            [SqlTokenKind.NumericFunction] = "<numeric_function_name>",
            [SqlTokenKind.JsonFunction] = "<json_function_name>",
            [SqlTokenKind.DateTimeField] = "<date_time_field>",
            [SqlTokenKind.Asterisk] = "\"*\"",
            [SqlTokenKind.Minus] = "\"-\"",
            [SqlTokenKind.NotEquals] = "\"<>\"",
            [SqlTokenKind.EqualTo] = "\"=\"",
            [SqlTokenKind.LessOrEqual] = "\"<=\"",
            [SqlTokenKind.GreaterOrEqual] = "\">=\"",
            [SqlTokenKind.LessThan] = "\"<\"",
            [SqlTokenKind.GreaterThan] = "\">\"",
            [SqlTokenKind.Plus] = "\"+\"",
            [SqlTokenKind.Solidus] = "\"/\"",
            [SqlTokenKind.Modulo] = "\"%\"",
            [SqlTokenKind.EntityId] = "<entity_id>",
            [SqlTokenKind.Identifier] = "<regular_identifier>",
            [SqlTokenKind.Comma] = "\",\"",
            [SqlTokenKind.LeftParen] = "\"(\"",
            [SqlTokenKind.Period] = "\".\"",
            [SqlTokenKind.RightParen] = "\")\"",
            [SqlTokenKind.Semicolon] = "\";\"",
            [SqlTokenKind.NotSingleQuote] = "<not_single_quote>",
            [SqlTokenKind.NotDoubleQuote] = "<not_double_quote>",
            [SqlTokenKind.NotBacktick] = "<not_backtick>",
        };
        foreach (var (word, kind) in Words)
        {
            images[kind] = $"\"{word}\"";
        }

        return images;
    }
}
