using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Search;

/// <summary>
/// The documents of search, which follow the changes of entities and of their wikis. It is brought up to date when it is asked, with
/// changes that are old enough: what Synapse's own lag looks like. Source: SearchDocumentDriverImpl.
/// </summary>
internal sealed class SearchIndex(
    Database database, Nodes nodes, Versions versions, FileHandles fileHandles, MadeFiles files, ChangeLog changes, TimeSpan delay,
    TimeProvider time)
{
    private const int Batch = 100;
    private const int MaxWikiCharacters = 1 << 20;
    private const string Columns =
        "d.id, d.name, d.node_type, d.etag, d.parent_id, d.created_on, d.created_by, d.modified_on, d.modified_by, d.description, "
        + "d.consortium, d.diagnosis, d.organ, d.tissue";

    /// <summary>The annotations that are fields of their own.</summary>
    private static readonly string[] Annotated = ["consortium", "diagnosis", "organ", "tissue"];

    /// <summary>
    /// Takes in what changed longer ago than the delay. In transactions of its own, outside of the caller's: the first time it is the
    /// whole world.
    /// </summary>
    public void Follow()
    {
        while (database.Transact(Step))
        {
        }
    }

    /// <summary>All documents that have every word, the best first; null: all there are.</summary>
    public IReadOnlyList<SearchDocument> Match(string? words) => words is null
        ? database.Query($"SELECT {Columns} FROM search_documents d ORDER BY d.id", Map)
        : database.Query(
            $"SELECT {Columns} FROM search_text t JOIN search_documents d ON d.id = t.rowid WHERE search_text MATCH @0 "
            + "ORDER BY bm25(search_text, 10.0), d.id",
            Map, words);

    /// <summary>One batch of changes; false: there are no more.</summary>
    private bool Step()
    {
        var until = (time.GetUtcNow() - delay).ToUnixTimeMilliseconds();
        var position = database.Number("SELECT number FROM search_position") ?? 0;
        var due = changes.Since(position, objectType: null, Batch).TakeWhile(change => change.ChangedOn <= until).ToList();
        due.ForEach(Take);
        if (due.Count > 0)
        {
            database.Execute("UPDATE search_position SET number = @0", due[^1].Number);
        }

        return due.Count == Batch;
    }

    private void Take(ChangeRow change)
    {
        if (change.ObjectType == ChangeLog.Entity)
        {
            Write(change.ObjectId);
        }
        else if (change.ObjectType.StartsWith("WIKI", StringComparison.Ordinal) && OwnerOf(change.ObjectId) is { } owner)
        {
            Write(owner);
        }
    }

    private long? OwnerOf(long page) => database.Number(
        "SELECT o.owner_id FROM wiki_pages p JOIN wiki_owners o ON o.root_id = p.root_id WHERE p.id = @0 AND o.owner_type = 'ENTITY'",
        page);

    private void Write(long id)
    {
        database.Execute("DELETE FROM search_documents WHERE id = @0", id);
        database.Execute("DELETE FROM search_text WHERE rowid = @0", id);
        // What lies in the trash has a document too: nobody finds it there, and all below a container is found again when it is restored.
        if (id is Rules.EntityIds.Root or Rules.EntityIds.Trash || nodes.Get(id) is not { } node)
        {
            return;
        }

        var version = versions.Current(node);
        var wiki = WikiText(id);
        string?[] found = [.. Annotated.Select(key => Annotation(version, key))];
        database.Execute(
            "INSERT INTO search_documents (id, name, node_type, etag, parent_id, created_on, created_by, modified_on, modified_by, "
            + "description, consortium, diagnosis, organ, tissue) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13)",
            id, node.Name, node.Kind.ShortName, node.Etag, node.ParentId, node.CreatedOn / 1000, node.CreatedBy, version.ModifiedOn / 1000,
            version.ModifiedBy, wiki, found[0], found[1], found[2], found[3]);
        database.Execute(
            "INSERT INTO search_text (rowid, name, description, consortium, diagnosis, organ, tissue) VALUES (@0, @1, @2, @3, @4, @5, @6)",
            id, node.Name, wiki, found[0], found[1], found[2], found[3]);
    }

    private static string? Annotation(VersionRow version, string key) => version.Annotations
        .Where(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair.Value.Value is { Count: > 0 } values ? values[0] : null)
        .FirstOrDefault();

    private string WikiText(long entity)
    {
        var pages = database.Query(
            "SELECT p.title, v.markdown_id FROM wiki_owners o JOIN wiki_pages p ON p.root_id = o.root_id "
            + "JOIN wiki_versions v ON v.page_id = p.id AND v.number = p.version "
            + "WHERE o.owner_type = 'ENTITY' AND o.owner_id = @0 ORDER BY p.id",
            row => (Title: row.IsDBNull(0) ? "" : row.GetString(0), Markdown: row.GetInt64(1)), entity);
        return string.Concat(pages.Select(page => $"\n{page.Title}\n{Markdown(page.Markdown)}"));
    }

    // What cannot be read is not searched: the page itself will say so to who opens it.
    private string Markdown(long id)
    {
        try
        {
            if (fileHandles.Get(id) is not { } handle)
            {
                return "";
            }

            using var reader = new StreamReader(new GZipStream(files.OpenRead(handle), CompressionMode.Decompress), Encoding.UTF8);
            var buffer = new char[MaxWikiCharacters];
            return new string(buffer, 0, reader.ReadBlock(buffer, 0, buffer.Length));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or Errors.ServiceException)
        {
            return "";
        }
    }

    private static SearchDocument Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        NodeType = row.GetString(2),
        Etag = row.GetString(3),
        ParentId = row.IsDBNull(4) ? null : row.GetInt64(4),
        CreatedOn = row.GetInt64(5),
        CreatedBy = row.GetInt64(6),
        ModifiedOn = row.GetInt64(7),
        ModifiedBy = row.GetInt64(8),
        Description = row.GetString(9),
        Consortium = row.IsDBNull(10) ? null : row.GetString(10),
        Diagnosis = row.IsDBNull(11) ? null : row.GetString(11),
        Organ = row.IsDBNull(12) ? null : row.GetString(12),
        Tissue = row.IsDBNull(13) ? null : row.GetString(13),
    };
}
