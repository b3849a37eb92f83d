using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>The items of all download lists.</summary>
internal sealed class DownloadListTable(Database database, TimeProvider time)
{
    /// <summary>Stands in the column where an item names no version.</summary>
    private const long Current = 0;

    public long Count(Caller caller) => database.Number("SELECT count(*) FROM download_list WHERE user_id = @0", caller.Id) ?? 0;

    /// <summary>Returns how many were not there before.</summary>
    public long Add(Caller caller, IEnumerable<ListedFile> files)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return files.Sum(file => (long)database.Execute(
            "INSERT OR IGNORE INTO download_list (user_id, entity_id, version_number, added_on) VALUES (@0, @1, @2, @3)",
            caller.Id, file.EntityId, file.Version ?? Current, now));
    }

    public long Remove(Caller caller, IEnumerable<ListedFile> files) => files.Sum(file => (long)database.Execute(
        "DELETE FROM download_list WHERE user_id = @0 AND entity_id = @1 AND version_number = @2",
        caller.Id, file.EntityId, file.Version ?? Current));

    public void Clear(Caller caller) => database.Execute("DELETE FROM download_list WHERE user_id = @0", caller.Id);

    /// <summary>By entity and version.</summary>
    public IReadOnlyList<(ListedFile File, long AddedOn)> List(Caller caller) => database.Query(
        "SELECT entity_id, version_number, added_on FROM download_list WHERE user_id = @0 ORDER BY entity_id, version_number",
        row => (new ListedFile(row.GetInt64(0), row.GetInt64(1) is Current ? null : row.GetInt64(1)), row.GetInt64(2)), caller.Id);

    /// <summary>The files directly below a container, by id.</summary>
    public IReadOnlyList<(long EntityId, long CurrentVersion)> FilesIn(long container) => database.Query(
        "SELECT id, current_version FROM nodes WHERE parent_id = @0 AND type = 'file' ORDER BY id",
        row => (row.GetInt64(0), row.GetInt64(1)), container);

    /// <summary>The folders directly below a container.</summary>
    public IReadOnlyList<long> FoldersIn(long container) => database.Query(
        "SELECT id FROM nodes WHERE parent_id = @0 AND type = 'folder' ORDER BY id", row => row.GetInt64(0), container);
}
