using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Wikis;

/// <summary>Rows of wikis: owners, pages and their versions.</summary>
internal sealed class WikiTable(Database database)
{
    private const long FirstId = 600001;
    private const string Page =
        "id, root_id, parent_id, etag, title, version, created_on, created_by, modified_on, modified_by";

    public WikiOwnerRow? Owner(WikiOwner owner) => database.First(
        "SELECT root_id, etag, order_hint FROM wiki_owners WHERE owner_type = @0 AND owner_id = @1",
        row => new WikiOwnerRow(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)), owner.Type, owner.Id);

    /// <summary>To whom the page belongs.</summary>
    public WikiOwner? OwnerOf(long pageId) => database.First(
        "SELECT o.owner_type, o.owner_id FROM wiki_pages p JOIN wiki_owners o ON o.root_id = p.root_id WHERE p.id = @0",
        row => new WikiOwner(row.GetString(0), row.GetInt64(1), EntityShape.Text(row.GetInt64(1))), pageId);

    public void AddOwner(WikiOwner owner, long rootId) => database.Execute(
        "INSERT INTO wiki_owners (owner_type, owner_id, root_id, etag) VALUES (@0, @1, @2, @3)",
        owner.Type, owner.Id, rootId, Guid.NewGuid().ToString());

    public void SetOrder(WikiOwner owner, string? orderHint) => database.Execute(
        "UPDATE wiki_owners SET order_hint = @2, etag = @3 WHERE owner_type = @0 AND owner_id = @1",
        owner.Type, owner.Id, orderHint, Guid.NewGuid().ToString());

    public WikiPageRow? Get(long id) => database.First($"SELECT {Page} FROM wiki_pages WHERE id = @0", MapPage, id);

    public long NewId() => database.Next("wiki", FirstId);

    public void Put(WikiPageRow row) => database.Execute(
        $"INSERT INTO wiki_pages ({Page}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9) ON CONFLICT (id) DO UPDATE SET "
        + "root_id = excluded.root_id, parent_id = excluded.parent_id, etag = excluded.etag, title = excluded.title, "
        + "version = excluded.version, modified_on = excluded.modified_on, modified_by = excluded.modified_by",
        row.Id, row.RootId, row.ParentId, row.Etag, row.Title, row.Version, row.CreatedOn, row.CreatedBy, row.ModifiedOn, row.ModifiedBy);

    /// <summary>Deletes the page and all below it; an owner whose root goes has no wiki any more.</summary>
    public void DeleteTree(long id)
    {
        database.Execute(
            "DELETE FROM wiki_pages WHERE id IN (WITH RECURSIVE down (id) AS (SELECT @0 UNION SELECT p.id FROM wiki_pages p "
            + "JOIN down ON p.parent_id = down.id) SELECT id FROM down)",
            id);
        database.Execute("DELETE FROM wiki_owners WHERE root_id = @0", id);
    }

    /// <summary>Whether <paramref name="ancestor"/> is the page or stands above it.</summary>
    public bool IsUnder(long id, long ancestor) => database.Number(
        "WITH RECURSIVE up (id, parent_id) AS (SELECT id, parent_id FROM wiki_pages WHERE id = @0 UNION "
        + "SELECT p.id, p.parent_id FROM wiki_pages p JOIN up ON p.id = up.parent_id) SELECT EXISTS (SELECT 1 FROM up WHERE id = @1)",
        id, ancestor) == 1;

    /// <summary>By parent and then title, so the root comes first.</summary>
    public IReadOnlyList<WikiHeader> Headers(long rootId, long limit, long offset) => database.Query(
        "SELECT id, title, parent_id FROM wiki_pages WHERE root_id = @0 ORDER BY parent_id, title COLLATE NOCASE, id LIMIT @1 OFFSET @2",
        row => new WikiHeader
        {
            Id = EntityShape.Text(row.GetInt64(0)),
            Title = row.IsDBNull(1) ? null : row.GetString(1),
            ParentId = row.IsDBNull(2) ? null : EntityShape.Text(row.GetInt64(2)),
        },
        rootId, limit, offset);

    public WikiVersionRow? Version(long pageId, long number) => database.First(
        "SELECT page_id, number, title, markdown_id, attachments, modified_on, modified_by FROM wiki_versions "
        + "WHERE page_id = @0 AND number = @1",
        MapVersion, pageId, number);

    public IReadOnlyList<WikiHistorySnapshot> History(long pageId, long limit, long offset) => database.Query(
        "SELECT number, modified_on, modified_by FROM wiki_versions WHERE page_id = @0 ORDER BY number DESC LIMIT @1 OFFSET @2",
        row => new WikiHistorySnapshot
        {
            Version = EntityShape.Text(row.GetInt64(0)),
            ModifiedOn = EntityShape.Date(row.GetInt64(1)),
            ModifiedBy = EntityShape.Text(row.GetInt64(2)),
        },
        pageId, limit, offset);

    public void Add(WikiVersionRow row) => database.Execute(
        "INSERT INTO wiki_versions (page_id, number, title, markdown_id, attachments, modified_on, modified_by) "
        + "VALUES (@0, @1, @2, @3, @4, @5, @6)",
        row.PageId, row.Number, row.Title, row.MarkdownId, $"[{string.Join(',', row.Attachments)}]", row.ModifiedOn, row.ModifiedBy);

    /// <summary>Forgets versions beyond the newest ones.</summary>
    public void Prune(long pageId, long kept) => database.Execute(
        "DELETE FROM wiki_versions WHERE page_id = @0 AND number < "
        + "(SELECT number FROM wiki_versions WHERE page_id = @0 ORDER BY number DESC LIMIT 1 OFFSET @1)",
        pageId, kept);

    public bool HasMarkdown(long pageId, long handleId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM wiki_versions WHERE page_id = @0 AND markdown_id = @1)", pageId, handleId) == 1;

    public bool HasAttachment(long pageId, long handleId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM wiki_versions v, json_each(v.attachments) a WHERE v.page_id = @0 AND a.value = @1)",
        pageId, handleId) == 1;

    /// <summary>Whether any version of any page has the file.</summary>
    public bool UsesFile(long handleId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM wiki_versions WHERE markdown_id = @0) "
        + "OR EXISTS (SELECT 1 FROM wiki_versions v, json_each(v.attachments) a WHERE a.value = @0)",
        handleId) == 1;

    private static WikiPageRow MapPage(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        RootId = row.GetInt64(1),
        ParentId = row.IsDBNull(2) ? null : row.GetInt64(2),
        Etag = row.GetString(3),
        Title = row.IsDBNull(4) ? null : row.GetString(4),
        Version = row.GetInt64(5),
        CreatedOn = row.GetInt64(6),
        CreatedBy = row.GetInt64(7),
        ModifiedOn = row.GetInt64(8),
        ModifiedBy = row.GetInt64(9),
    };

    private static WikiVersionRow MapVersion(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3),
        JsonSerializer.Deserialize(row.GetString(4), WorldJson.Default.Int64Array)!, row.GetInt64(5), row.GetInt64(6));
}
