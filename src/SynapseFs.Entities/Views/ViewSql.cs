using System.Globalization;

namespace SynapseFs.Entities.Views;

/// <summary>What is asked of a view, in the service's SQL. Pure.</summary>
internal static class ViewSql
{
    /// <summary>All files, or those that were changed at or after a moment.</summary>
    /// <param name="columns">The names of all columns wanted.</param>
    public static string Files(string view, IEnumerable<string> columns, DateTimeOffset? since)
    {
        var select = string.Join(", ", columns.Select(Quote));
        var changed = since is { } moment
            ? string.Create(CultureInfo.InvariantCulture, $" AND modifiedOn >= {moment.ToUnixTimeMilliseconds()}")
            : "";
        return $"SELECT {select} FROM {view} WHERE dataFileHandleId IS NOT NULL{changed}";
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
