using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// MySQL's date functions over texts such as <c>2026-11-23 01:02:03.456</c>, dates without time, and numbers such as 20261123. All
/// times are UTC.
/// </summary>
internal static class SqlDates
{
    private static readonly string[] Formats =
    [
        "yyyy-M-d", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFF", "yyyy-M-dTH:m:s", "yyyy-M-dTH:m:s.FFFFFF",
        "yyyy-M-dTH:m:sZ", "yyyy-M-dTH:m:s.FFFFFFZ", "yyyyMMdd", "yyyyMMddHHmmss",
    ];

    public static void Register(SqliteConnection connection)
    {
        SqlFunctions.Add(connection, "syn_unix_timestamp", values => Parse(values[0]) is { } date ? Seconds(date) : null);
        SqlFunctions.Add(connection, "syn_from_unixtime", values => FromSeconds(values[0]));
        SqlFunctions.Add(connection, "syn_date_add", values => Added(values[0], values[1], values[2]));
        SqlFunctions.Add(connection, "syn_date_part", values => Part((string)values[0]!, values));
    }

    private static object Seconds(DateTime date)
    {
        var milliseconds = new DateTimeOffset(date, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return milliseconds % 1000 == 0 ? milliseconds / 1000 : milliseconds / 1000.0;
    }

    private static string? FromSeconds(object? value) =>
        SqlFunctions.Real(value) is { } seconds and >= 0 and < 253402300800
            ? Text(DateTime.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000)), hasTime: true)
            : null;

    private static string Text(DateTime date, bool hasTime)
    {
        var format = !hasTime ? "yyyy-MM-dd"
            : date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss"
            : "yyyy-MM-dd HH:mm:ss.ffffff";
        return date.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string? Added(object? value, object? count, object? unit)
    {
        if (Parse(value) is not { } date || count is not long n)
        {
            return null;
        }

        var hasTime = SqlFunctions.Text(value)!.Contains(':', StringComparison.Ordinal);
        try
        {
            return unit switch
            {
                "MICROSECOND" => Text(date.AddTicks(checked(n * 10)), hasTime: true),
                "SECOND" => Text(date.AddSeconds(n), hasTime: true),
                "MINUTE" => Text(date.AddMinutes(n), hasTime: true),
                "HOUR" => Text(date.AddHours(n), hasTime: true),
                "DAY" => Text(date.AddDays(n), hasTime),
                "WEEK" => Text(date.AddDays(7.0 * n), hasTime),
                "MONTH" => Text(date.AddMonths(checked((int)n)), hasTime),
                "QUARTER" => Text(date.AddMonths(checked((int)(3 * n))), hasTime),
                _ => Text(date.AddYears(checked((int)n)), hasTime),
            };
        }
        catch (Exception tooFar) when (tooFar is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static object? Part(string part, object?[] values)
    {
        if (part is "HOUR" or "MINUTE" or "SECOND" or "MICROSECOND" && TimeOnly.TryParse(
            SqlFunctions.Text(values[1]), CultureInfo.InvariantCulture, out var time)
            && !SqlFunctions.Text(values[1])!.Contains('-', StringComparison.Ordinal))
        {
            return Clock(part, time);
        }

        if (Parse(values[1]) is not { } date)
        {
            return null;
        }

        var mode = values.Length > 2 ? (int)(SqlFunctions.Real(values[2]) ?? 0) : 0;
        return part switch
        {
            "YEAR" => (long)date.Year,
            "QUARTER" => (long)((date.Month + 2) / 3),
            "MONTH" => (long)date.Month,
            "DAY" or "DAYOFMONTH" => (long)date.Day,
            "DAYOFWEEK" => (long)date.DayOfWeek + 1,
            "DAYOFYEAR" => (long)date.DayOfYear,
            "DAYNAME" => date.DayOfWeek.ToString(),
            "MONTHNAME" => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month),
            "DATE" => Text(date, hasTime: false),
            "WEEKOFYEAR" => (long)ISOWeek.GetWeekOfYear(date),
            "WEEK" => Week(date, mode).Week,
            "YEARWEEK" => Week(date, mode | 2) is var (year, week) ? (year * 100) + week : null,
            _ => Clock(part, TimeOnly.FromDateTime(date)),
        };
    }

    private static long Clock(string part, TimeOnly time) => part switch
    {
        "HOUR" => (long)time.Hour,
        "MINUTE" => (long)time.Minute,
        "SECOND" => (long)time.Second,
        _ => time.Ticks % TimeSpan.TicksPerSecond / 10,
    };

    // MySQL's modes: bit 1, weeks begin on Monday; bit 2, the first days may belong to the last year; bit 4 turns around how the first
    // week is told, which is by its first day for Sunday weeks and by its fourth for Monday weeks.
    private static (long Year, long Week) Week(DateTime date, int mode)
    {
        var fromMonday = (mode & 1) != 0;
        var keepsYear = (mode & 2) == 0;
        var byFirstDay = ((mode & 4) != 0) == fromMonday;
        if (date.Date < FirstWeek(date.Year, fromMonday, byFirstDay))
        {
            return keepsYear ? (date.Year, 0) : InYear(date, date.Year - 1, fromMonday, byFirstDay);
        }

        return !keepsYear && date.Year < 9999 && date.Date >= FirstWeek(date.Year + 1, fromMonday, byFirstDay)
            ? (date.Year + 1, 1)
            : InYear(date, date.Year, fromMonday, byFirstDay);
    }

    private static (long Year, long Week) InYear(DateTime date, int year, bool fromMonday, bool byFirstDay) =>
        (year, ((date.Date - FirstWeek(year, fromMonday, byFirstDay)).Days / 7) + 1);

    private static DateTime FirstWeek(int year, bool fromMonday, bool byFirstDay)
    {
        if (year < 1)
        {
            return DateTime.MinValue;
        }

        var newYear = new DateTime(year, 1, 1);
        var weekday = fromMonday ? ((int)newYear.DayOfWeek + 6) % 7 : (int)newYear.DayOfWeek;
        var days = byFirstDay ? (7 - weekday) % 7 : weekday > 3 ? 7 - weekday : -weekday;
        return year == 1 && days < 0 ? newYear : newYear.AddDays(days);
    }

    private static DateTime? Parse(object? value) =>
        SqlFunctions.Text(value) is { } text
        && DateTime.TryParseExact(
            text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date)
            ? date
            : null;
}
