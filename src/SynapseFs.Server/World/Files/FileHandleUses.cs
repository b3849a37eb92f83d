namespace SynapseFs.Server.World.Files;

/// <summary>
/// What holds on to file handles: a handle that something uses cannot be deleted. A noun that keeps handle ids in a table of its own
/// adds a statement here, or, where one statement cannot tell, a test.
/// </summary>
internal sealed class FileHandleUses(Database database)
{
    private static readonly string[] Statements =
    [
        "SELECT EXISTS (SELECT 1 FROM versions WHERE file_handle_id = @0)",
        "SELECT EXISTS (SELECT 1 FROM messages WHERE file_handle_id = @0)",
        "SELECT EXISTS (SELECT 1 FROM submission_files WHERE file_handle_id = @0)",
        "SELECT EXISTS (SELECT 1 FROM table_files WHERE file_handle_id = @0)",
        "SELECT EXISTS (SELECT 1 FROM wiki_versions WHERE markdown_id = @0 "
        + "OR EXISTS (SELECT 1 FROM json_each(attachments) WHERE value = @0))",
    ];

    private readonly List<Func<long, bool>> _tests = [];

    /// <summary>Adds a test whether something uses the handle of this id; it is asked within a transaction.</summary>
    public void Add(Func<long, bool> isUsed) => _tests.Add(isUsed);

    public bool Any(long fileHandleId) =>
        Array.Exists(Statements, sql => database.Number(sql, fileHandleId) == 1) || _tests.Exists(isUsed => isUsed(fileHandleId));
}
