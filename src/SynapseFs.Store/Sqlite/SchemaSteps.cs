using System.Globalization;

namespace SynapseFs.Store.Sqlite;

/// <summary>
/// Brings a database to the present format: step n is the embedded file NAME-00n.sql, and SQLite's user_version counts the steps done.
/// A step that was ever released is never edited.
/// </summary>
internal static class SchemaSteps
{
    /// <summary>"SyFs": tells our databases from any other.</summary>
    private const long ApplicationId = 0x53794673;

    /// <summary>Returns whether the database was empty.</summary>
    public static bool Apply(SqliteSession session, string name)
    {
        // Reads the first page and the whole schema: a file that is no database fails here.
        var version = session.Number("PRAGMA user_version") ?? 0;
        var tables = session.Number("SELECT count(*) FROM sqlite_schema") ?? 0;
        var latest = Count(name);
        if (version > latest)
        {
            throw new StoreException(
                StoreFailure.TooNew,
                $"{session.Connection.DataSource} has format {version}, and this version of the program knows formats up to {latest}: "
                + "use the newer program, or another directory with --cache-dir.");
        }
        if ((version > 0 || tables > 0) && session.Number("PRAGMA application_id") != ApplicationId)
            throw new DamagedDatabaseException("it is a database, but not one of ours");
        for (var step = version + 1; step <= latest; step++)
            Run(session, name, step);
        return version == 0;
    }

    private static void Run(SqliteSession session, string name, long step)
    {
        session.Script("BEGIN IMMEDIATE");
        try
        {
            session.Script(Text(Resource(name, step)));
            session.Script($"PRAGMA application_id = {ApplicationId}");
            session.Script($"PRAGMA user_version = {step}");
            session.Script("COMMIT");
        }
        catch
        {
            session.Script("ROLLBACK");
            throw;
        }
    }

    private static int Count(string name)
    {
        var count = 0;
        while (typeof(SchemaSteps).Assembly.GetManifestResourceInfo(Resource(name, count + 1)) is not null)
            count++;
        return count;
    }

    private static string Resource(string name, long step) => string.Create(CultureInfo.InvariantCulture, $"{name}-{step:000}.sql");

    private static string Text(string resource)
    {
        using var stream = typeof(SchemaSteps).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program lacks its schema step {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
