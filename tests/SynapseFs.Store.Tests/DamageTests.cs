using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

public sealed class DamageTests
{
    private const int BlockSize = TemporaryCache.BlockSize;
    private static readonly ContentKey Key = new("a", null);

    /// <summary>Enough of them for tables of many pages, so that opening has read only some.</summary>
    private const int SmallContents = 300;

    private TemporaryCache _temporary = null!;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        using var cache = _temporary.Open();
        var rows = Enumerable.Range(0, 500).Select(i => Rows.Child(InodeNumber.Root, $"f{i}", $"syn{i}")).ToList();
        cache.Nodes.WithRoot().ApplyListing(InodeNumber.Root, rows, [], [], [], Rows.Then);
        using var content = cache.Contents.Open(Key, 2 * BlockSize);
        content.Write(0, new byte[BlockSize]);
        for (var i = 0; i < SmallContents; i++)
        {
            using var small = cache.Contents.Open(Small(i), 100);
            small.Write(0, new byte[100]);
        }
    }

    [TearDown]
    public void TearDown() => _temporary.Dispose();

    [TestCase("state.db", 0, "Not SQLite any more")]
    [TestCase("state.db", 100, "\u0001\u0002\u0003")]
    [TestCase("blocks.db", 0, "Not SQLite any more")]
    [TestCase("blocks.db", 100, "\u0001\u0002\u0003")]
    public void A_damaged_database_is_set_aside_and_rebuilt_and_said_so(string name, int offset, string damage)
    {
        TemporaryCache.Overwrite(_temporary.File(name), offset, damage);

        using var cache = _temporary.Open();

        var aside = Directory.GetFiles(_temporary.Path, name + ".damaged-*").Single();
        Assert.That(Path.GetFileName(aside), Is.EqualTo($"{name}.damaged-20260301T120000Z"));
        Assert.That(cache.Repairs, Has.Count.EqualTo(1));
        Assert.That(cache.Repairs[0], Does.StartWith($"{name} was damaged").And.Contain(Path.GetFileName(aside)).And.EndWith("rebuilt."));
        Assert.That(cache.Nodes.Count, Is.EqualTo(name == "state.db" ? 0 : 501));
        Assert.That(cache.Contents.TotalBytes, Is.EqualTo(name == "state.db" ? BlockSize + SmallContents * 100 : 0));
        Assert.That(_temporary.ContentFiles(), Has.Length.EqualTo(name == "state.db" ? 1 : 0));
        cache.Dispose();
        using var again = _temporary.Open();
        Assert.That(again.Repairs, Is.Empty);
    }

    [TestCase("state.db")]
    [TestCase("blocks.db")]
    public void A_database_cut_short_is_set_aside(string name)
    {
        using (var file = new FileStream(_temporary.File(name), FileMode.Open))
            file.SetLength(file.Length / 2 + 100);

        using var cache = _temporary.Open();

        Assert.That(cache.Repairs, Has.Count.EqualTo(1));
    }

    [Test]
    public void Only_the_last_damaged_index_is_kept_but_every_damaged_tree()
    {
        for (var i = 0; i < 3; i++)
        {
            TemporaryCache.Overwrite(_temporary.File("state.db"), 0, "Not SQLite any more");
            TemporaryCache.Overwrite(_temporary.File("blocks.db"), 0, "Not SQLite any more");
            _temporary.Open().Dispose();
        }

        Assert.That(Directory.GetFiles(_temporary.Path, "state.db.damaged-*"), Has.Length.EqualTo(3));
        Assert.That(Directory.GetFiles(_temporary.Path, "blocks.db.damaged-*"), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_index_emptied_to_nothing_takes_its_files_along()
    {
        File.WriteAllBytes(_temporary.File("blocks.db"), []);

        using var cache = _temporary.Open();

        Assert.That(_temporary.ContentFiles(), Is.Empty);
    }

    [Test]
    public void Another_programs_database_is_set_aside()
    {
        File.Delete(_temporary.File("state.db"));
        Execute("state.db", "CREATE TABLE node (something TEXT)");

        using var cache = _temporary.Open();

        Assert.That(cache.Repairs, Has.Count.EqualTo(1));
        Assert.That(() => cache.Nodes.WithRoot(), Throws.Nothing);
    }

    [Test]
    public void Damage_met_in_use_costs_one_failure_and_inodes_go_on_above_the_old_ones()
    {
        using var cache = _temporary.Open();
        cache.Nodes.WithRoot();
        TemporaryCache.DamageAllPagesButTheFirst(_temporary.File("state.db"));

        var failure = Assert.Throws<StoreException>(() => cache.Nodes.GetChildren(InodeNumber.Root));

        Assert.That(failure!.Failure, Is.EqualTo(StoreFailure.Damaged));
        Assert.That(cache.Repairs, Is.EqualTo(new[] { failure.Message }));
        Assert.That(cache.Nodes.Get(InodeNumber.Root)!.RemoteId, Is.EqualTo("syn1"));
        Assert.That(cache.Nodes.GetChildren(InodeNumber.Root), Is.Empty);
        Assert.That(cache.Nodes.Insert(Rows.Child(InodeNumber.Root, "f1")).Inode.Value, Is.GreaterThan(501));
    }

    [Test]
    public void Damage_of_the_index_met_in_use_harms_no_open_content()
    {
        using var cache = _temporary.Open();
        using var content = cache.Contents.Open(Key, 2 * BlockSize);
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
        TemporaryCache.DamageAllPagesButTheFirst(_temporary.File("blocks.db"));

        var other = TemporaryCache.Bytes(2 * BlockSize, seed: 1);
        using (var fresh = cache.Contents.Open(new ContentKey("zz", null), other.Length))
            Assert.That(fresh.Write(0, other.AsSpan(0, BlockSize)), Is.EqualTo(BlockWriteResult.Stored));

        Assert.That(cache.Repairs, Has.Count.EqualTo(1));
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
        Assert.That(cache.Contents.CachedBytes(new ContentKey("zz", null)), Is.EqualTo(BlockSize));
        Assert.That(cache.Contents.TotalBytes, Is.EqualTo(BlockSize));
    }

    [Test]
    public void A_small_content_whose_index_was_lost_is_kept_again()
    {
        using var cache = _temporary.Open();
        using var content = cache.Contents.Open(Small(SmallContents - 1), 100);
        TemporaryCache.DamageAllPagesButTheFirst(_temporary.File("blocks.db"));
        Assert.That(content.Read(0, 0, new byte[100]), Is.EqualTo(-1));

        Assert.That(content.Write(0, new byte[100]), Is.EqualTo(BlockWriteResult.Stored));
        Assert.That(content.Read(0, 0, new byte[100]), Is.EqualTo(100));
        Assert.That(cache.Contents.TotalBytes, Is.EqualTo(100));
    }

    [TestCase("UPDATE block SET block = 2")]
    [TestCase("UPDATE block SET block = -1")]
    [TestCase("UPDATE block SET block = 9223372036854775807")]
    [TestCase("UPDATE content SET block_size = 0 WHERE is_small = 0")]
    public void A_row_that_makes_no_sense_costs_no_more_than_its_block(string damage)
    {
        Execute("blocks.db", damage);
        var bytes = TemporaryCache.Bytes(BlockSize, seed: 1);

        using var cache = _temporary.Open();
        using var content = cache.Contents.Open(Key, 2 * BlockSize);

        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(-1));
        Assert.That(content.IsComplete, Is.False);
        Assert.That(content.Write(0, bytes), Is.EqualTo(BlockWriteResult.Stored));
        Assert.That(content.Read(0, 0, new byte[BlockSize]), Is.EqualTo(BlockSize));
    }

    private static ContentKey Small(int number) => new($"small {number:000}", null);

    private void Execute(string name, string statement)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_temporary.File(name)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
