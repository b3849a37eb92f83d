using SynapseFs.Store.Sqlite;
using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests.Sqlite;

public sealed class SchemaStepsTests
{
    private TemporaryCache _temporary = null!;

    [SetUp]
    public void SetUp() => _temporary = new TemporaryCache();

    [TearDown]
    public void TearDown() => _temporary.Dispose();

    [TestCase("state.db")]
    [TestCase("blocks.db")]
    public void A_newer_format_is_refused_and_left_alone(string name)
    {
        _temporary.Open().Dispose();
        Script(name, "PRAGMA user_version = 99");

        var refusal = Assert.Throws<StoreException>(() => _temporary.Open())!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.TooNew));
        Assert.That(refusal.Message, Does.Contain(_temporary.File(name)).And.Contain("format 99").And.Contain("--cache-dir"));
        Assert.That(Directory.GetFiles(_temporary.Path, "*.damaged-*"), Is.Empty);
    }

    [Test]
    public void A_step_that_fails_leaves_nothing_of_itself()
    {
        Directory.CreateDirectory(_temporary.Path);
        var path = _temporary.File("state.db");
        File.WriteAllBytes(path, []);
        Script("state.db", $"PRAGMA application_id = {0x53794673}; CREATE TABLE node_by_name (something TEXT)");

        Assert.Throws<StoreException>(() => _temporary.Open());

        Assert.That(Number("state.db", "PRAGMA user_version"), Is.Zero);
        Assert.That(Number("state.db", "SELECT count(*) FROM sqlite_schema"), Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    public void Every_old_format_is_still_understood(int format)
    {
        CopySample(format);

        using var cache = _temporary.Open();

        Assert.That(cache.Repairs, Is.Empty);
        Assert.That(cache.Nodes.EnsureRoot(Rows.Root()).Modified, Is.EqualTo(Rows.Then));
        Assert.That(cache.Nodes.GetChildren(InodeNumber.Root).Select(row => row.Name), Is.EqualTo(new[] { "a folder", "replaced" }));
        var file = cache.Nodes.Find(new InodeNumber(2), "reads.bam")!;
        var details = Rows.Details() with { Xattrs = file.Details!.Xattrs };
        // Format 1 knew no rights: its descriptions are to be asked for again, and remembered until then.
        var outdated = details with { Revision = "", DescribedOn = default, Rights = NodeRights.None };
        Assert.That(file.Details, Is.EqualTo(format > 1 ? details : outdated));
        Assert.That(file.Details!.Xattrs, Is.EquivalentTo(Rows.Details().Xattrs));
        Assert.That(cache.Nodes.Get(new InodeNumber(4)), Is.Null, "the detached row of the run that wrote the sample");
        CheckContents(cache.Contents);
        if (format > 1)
            CheckChanges(cache, file, format);
        if (format > 3)
            Assert.That(cache.Journal.ReadUnanswered(), Is.EquivalentTo(Rows.Unanswered("syn2")));
        if (format > 6)
            Assert.That(cache.Doubts.Read().Single() with { Paths = [] }, Is.EqualTo(Rows.InDoubt() with { Paths = [] }));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    public void A_step_that_was_released_was_never_edited(int format)
    {
        CopySample(format);
        _temporary.Open().Dispose();
        using var fresh = new TemporaryCache();
        fresh.Open().Dispose();

        foreach (var name in (string[])["state.db", "blocks.db"])
            Assert.That(Schema(_temporary.File(name)), Is.EqualTo(Schema(fresh.File(name))), name);
    }

    private static void CheckChanges(CacheDirectory cache, NodeRow file, int format)
    {
        var bytes = new byte[100];
        using var staged = cache.Staging.Open(4);

        Assert.That(file.LocalLength, Is.EqualTo(5000));
        Assert.That(file.LocalModified, Is.EqualTo(Rows.Then.AddMinutes(3)));
        Assert.That(file.LocalPermissions, Is.EqualTo(FilePermissions.UserRead | FilePermissions.UserWrite));
        // Format 2 knew no extended attributes of one's own, and format 4 no notes.
        var entry = Rows.Entry(file.Inode);
        entry = entry with { Xattrs = format > 2 ? entry.Xattrs : XattrChanges.None, Note = format > 4 ? entry.Note : null };
        Assert.That(cache.Journal.ReadEntries(), Is.EqualTo(new[] { entry }));
        Assert.That(file.LocalXattrs, format > 2 ? Is.EqualTo(Rows.LocalXattrs()) : Is.Empty);
        Assert.That(cache.Journal.ReadDeletions(), Is.EqualTo(new[] { Rows.Deletion("syn9") }));
        Assert.That(cache.Journal.FindStaged(4), Is.EqualTo(Rows.Staged(4)));
        Assert.That(cache.Staging.Numbers(), Is.EquivalentTo(new[] { 3, 4 }));
        Assert.That(bytes.AsSpan(0, staged.Read(0, bytes)).SequenceEqual("staged bytes"u8), Is.True);
        Assert.That(cache.Nodes.FindByMd5(file.Details!.Content!.Value.Md5!, file.Details.Length!.Value), Has.Count.EqualTo(1));
    }

    private static void CheckContents(ContentStore contents)
    {
        using var small = contents.Open(new ContentKey("small", "0123456789abcdef0123456789abcdef"), 100);
        using var large = contents.Open(new ContentKey("large", null), 2 * TemporaryCache.BlockSize + 100);
        var bytes = new byte[TemporaryCache.BlockSize];

        Assert.That(small.IsVerified, Is.True);
        Assert.That(small.Read(0, 0, bytes), Is.EqualTo(100));
        Assert.That(bytes.AsSpan(0, 100).ToArray(), Is.EqualTo(TemporaryCache.Bytes(100, seed: 1)));
        Assert.That(large.IsVerified, Is.False);
        Assert.That(large.IsPresent(1), Is.False);
        Assert.That(large.Read(0, 0, bytes), Is.EqualTo(TemporaryCache.BlockSize));
        Assert.That(bytes, Is.EqualTo(TemporaryCache.Bytes(TemporaryCache.BlockSize, seed: 2)));
        Assert.That(contents.TotalBytes, Is.EqualTo(TemporaryCache.BlockSize + 200));
    }

    private void CopySample(int format)
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples", $"format-{format}");
        foreach (var file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories))
        {
            var target = _temporary.File(Path.GetRelativePath(samples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static List<string> Schema(string path)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var statement = new Statement(connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
        using var reader = statement.Query();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(0));
        return lines;
    }

    private void Script(string name, string sql)
    {
        using var connection = Connect(name);
        using var statement = new Statement(connection, sql);
        statement.Execute();
    }

    private long? Number(string name, string sql)
    {
        using var connection = Connect(name);
        using var statement = new Statement(connection, sql);
        return statement.Number();
    }

    private Microsoft.Data.Sqlite.SqliteConnection Connect(string name)
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_temporary.File(name)};Pooling=false");
        connection.Open();
        return connection;
    }
}
