using System.Globalization;
using SynapseFs.Server.Tables.Columns;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>Functions.</summary>
internal sealed partial class SelectTranslator
{
    private const string NowFormat = "yyyy-MM-dd HH:mm:ss";

    private SqlPiece Function(FunctionValue function, ValueContext use)
    {
        var type = SelectHeaders.ReturnType(function, null);
        if (function.Arguments is null or [])
        {
            return new SqlPiece(Constant(function), type);
        }

        switch (function.Name)
        {
            case "JSON_EXTRACT":
                return JsonExtract(function, use);
            case "JSON_OBJECT" or "JSON_ARRAY":
                return new SqlPiece($"syn_{function.Name.ToLowerInvariant()}({Jsons(function.Arguments)})", type);
            case "JSON_OVERLAPS" or "JSON_SEARCH" or "JSON_UNQUOTE":
                Require(
                    function, function.Name switch { "JSON_UNQUOTE" => 1, "JSON_OVERLAPS" => 2, _ => 3 },
                    function.Name == "JSON_SEARCH" ? 5 : 0);
                return new SqlPiece($"syn_{function.Name.ToLowerInvariant()}({RawJsons(function.Arguments)})", type);
        }

        var arguments = function.Arguments.Select(argument => Value(argument)).ToList();
        var list = Sqls(arguments);
        return function.Name switch
        {
            "CONCAT" => new SqlPiece($"syn_concat({list})", type),
            "REPLACE" => Call(function, 3, $"replace({list})"),
            "UPPER" => Call(function, 1, $"syn_upper({list})"),
            "LOWER" => Call(function, 1, $"syn_lower({list})"),
            "TRIM" => Call(function, 1, $"trim({list})"),
            "ROUND" => Call(function, 1, $"syn_round({list})", most: 2),
            "CRC32" => Call(function, 1, $"syn_crc32({list})"),
            "JSON_QUOTE" => Call(function, 1, $"syn_json_quote({list})"),
            "IFNULL" => Call(function, 2, $"ifnull({list})") with { Type = Common(arguments) },
            "UNIX_TIMESTAMP" => Call(function, 1, $"syn_unix_timestamp({list})"),
            "FROM_UNIXTIME" => Call(function, 1, $"syn_from_unixtime({list})"),
            "NOW" or "CURRENT_TIMESTAMP" or "CURRENT_TIME" => Call(function, 1, Constant(function)),
            "CURRENT_DATE" => throw Count(function),
            "WEEK" or "YEARWEEK" => Call(function, 1, $"syn_date_part('{function.Name}', {list})", most: 2),
            _ => Call(function, 1, $"syn_date_part('{function.Name}', {list})"),
        };
    }

    // Time stands still within a statement.
    private string Constant(FunctionValue function)
    {
        var now = context.Now.UtcDateTime;
        switch (function.Name)
        {
            case "NOW" or "CURRENT_TIMESTAMP":
                return context.Bindings.Add(now.ToString(NowFormat, CultureInfo.InvariantCulture));
            case "CURRENT_DATE":
                return context.Bindings.Add(now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            case "CURRENT_TIME":
                return context.Bindings.Add(now.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
            case "UNIX_TIMESTAMP" when function.Arguments is not null:
                return context.Bindings.Add(context.Now.ToUnixTimeSeconds());
            case "JSON_OBJECT" when function.Arguments is not null:
                return "'{}'";
            case "JSON_ARRAY" when function.Arguments is not null:
                return "'[]'";
            default:
                throw function.Arguments is null
                    ? SqlErrors.RefusedByDatabase($"Unknown column '{function.Name}' in 'field list'")
                    : Count(function);
        }
    }

    private static SqlPiece Call(FunctionValue function, int least, string sql, int most = 0)
    {
        Require(function, least, most);
        return new SqlPiece(sql, SelectHeaders.ReturnType(function, null));
    }

    private static void Require(FunctionValue function, int least, int most)
    {
        var count = function.Arguments!.Count;
        if (count < least || count > Math.Max(least, most))
        {
            throw Count(function);
        }
    }

    private static Errors.ServiceException Count(FunctionValue function) =>
        SqlErrors.RefusedByDatabase($"Incorrect parameter count in the call to native function '{function.Name}'");

    // The JSON itself where it is shown or goes into other JSON; a plain text or number where it is compared or counted with.
    private SqlPiece JsonExtract(FunctionValue function, ValueContext use)
    {
        var arguments = function.Arguments!;
        if (arguments.Count < 2)
        {
            throw Count(function);
        }

        var extract = $"syn_json_extract({RawJsons(arguments)})";
        return use is ValueContext.Select or ValueContext.Group
            ? new SqlPiece(extract, ColumnTypes.Json)
            : new SqlPiece($"syn_json_scalar({extract})", null);
    }

    private string RawJsons(IReadOnlyList<SqlValue> arguments) =>
        string.Join(", ", arguments.Select(argument => Value(argument, IsJson(argument) ? ValueContext.Select : ValueContext.Inner).Sql));

    private string Jsons(IReadOnlyList<SqlValue> arguments) => string.Join(", ", arguments.Select(Json));

    // SQLite has no JSON type: what is JSON already is told by a mark before it.
    private string Json(SqlValue argument)
    {
        var piece = Value(argument, IsJson(argument) ? ValueContext.Select : ValueContext.Inner);
        return piece.Type switch
        {
            ColumnTypes.Json => $"syn_json_mark({piece.Sql})",
            _ when ColumnTypes.IsList(piece.Type) => $"syn_json_mark({piece.Sql})",
            _ => piece.Sql,
        };
    }

    private static bool IsJson(SqlValue value) => value is FunctionValue { Name: "JSON_EXTRACT" };
}
