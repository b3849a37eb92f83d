using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store.Contents;
using SynapseFs.Store.Sqlite;
using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests.Sqlite;

/// <summary>A database that may not grow fails as on a full disk.</summary>
public sealed class FullDatabaseTests
{
    private TemporaryCache _temporary = null!;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _temporary.Open().Dispose();
    }

    [TearDown]
    public void TearDown() => _temporary.Dispose();

    [Test]
    public void A_full_disk_is_said_and_what_was_there_is_still_there()
    {
        using var file = OpenWithoutRoom(NodeTable.Layout);
        var nodes = new NodeTable(file).WithRoot();
        var rows = Enumerable.Range(0, 5000).Select(i => Rows.Child(InodeNumber.Root, $"f{i}", $"syn{i}")).ToList();

        var failure = Assert.Throws<StoreException>(() => nodes.ApplyListing(InodeNumber.Root, rows, [], [], [], Rows.Then))!;

        Assert.That(failure.Failure, Is.EqualTo(StoreFailure.Full));
        Assert.That(failure.Message, Does.Contain(_temporary.File("state.db")).And.Contain("full"));
        Assert.That(nodes.Count, Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_full_disk_is_tried_again_once_room_was_made(bool roomIsMade)
    {
        using var file = OpenWithoutRoom(NodeTable.Layout);
        var asked = 0;
        file.MakeRoom = () =>
        {
            asked++;
            file.Run(0, static (session, _) => session.Number("PRAGMA max_page_count = 100000"));
            return roomIsMade;
        };
        var nodes = new NodeTable(file).WithRoot();
        var rows = Enumerable.Range(0, 5000).Select(i => Rows.Child(InodeNumber.Root, $"f{i}", $"syn{i}")).ToList();

        var apply = () => nodes.ApplyListing(InodeNumber.Root, rows, [], [], [], Rows.Then);

        if (roomIsMade)
            Assert.That(apply(), Has.Count.EqualTo(5000));
        else
            Assert.That(() => apply(), Throws.TypeOf<StoreException>());
        Assert.That(asked, Is.EqualTo(1));
        Assert.That(nodes.Count, Is.EqualTo(roomIsMade ? 5001 : 1));
    }

    [Test]
    public void Small_contents_that_find_no_room_push_out_others_but_none_in_use()
    {
        using var file = OpenWithoutRoom(ContentIndex.Layout);
        using var index = new ContentIndex(file, _temporary.Time, NullLogger.Instance);
        var store = new ContentStore(_temporary.Path, new StoreOptions { BlockSize = 32 << 10 }, index, NullLogger.Instance);
        using var first = Open(store, 0);
        first.Write(0, TemporaryCache.Bytes(20_000, seed: 0));

        for (var i = 1; i < 30; i++)
        {
            using var content = Open(store, i);
            Assert.That(content.Write(0, TemporaryCache.Bytes(20_000, seed: i)), Is.EqualTo(BlockWriteResult.Stored));
        }
        var open = Enumerable.Range(100, 30).Select(i => Open(store, i)).ToList();
        var results = open.Select(content => content.Write(0, TemporaryCache.Bytes(20_000, seed: 1))).ToList();

        Assert.That(results, Has.Member(BlockWriteResult.NoSpace).And.Member(BlockWriteResult.Stored));
        Assert.That(open.Select(content => content.Read(0, 0, new byte[20_000]) == 20_000), Is.EqualTo(results.Select(result => result == BlockWriteResult.Stored)));
        Assert.That(first.Read(0, 0, new byte[20_000]), Is.EqualTo(20_000));
        open.ForEach(content => content.Dispose());
    }

    [Test]
    public void Adopting_where_the_index_finds_no_room_keeps_less_and_never_fails()
    {
        using var file = OpenWithoutRoom(ContentIndex.Layout);
        using var index = new ContentIndex(file, _temporary.Time, NullLogger.Instance);
        var store = new ContentStore(
            _temporary.Path, new StoreOptions { BlockSize = TemporaryCache.BlockSize, SmallContentLimit = 0 }, index, NullLogger.Instance);
        var bytes = TemporaryCache.Bytes(1000 * TemporaryCache.BlockSize, seed: 1);
        var kept = 0;

        for (var i = 0; i < 30; i++)
        {
            var (path, key) = (_temporary.File($"adopted-{i}"), new ContentKey($"{i}", null));
            File.WriteAllBytes(path, bytes);
            store.Adopt(key, bytes.Length, path);
            Assert.That(File.Exists(path), Is.False);
            using var content = store.Open(key, bytes.Length);
            Assert.That(content.IsComplete || content.PresentBytes == 0, Is.True);
            var read = content.Read(999, 0, new byte[TemporaryCache.BlockSize]);
            Assert.That(read, Is.EqualTo(content.IsComplete ? TemporaryCache.BlockSize : -1));
            kept += content.IsComplete ? 1 : 0;
        }

        Assert.That(kept, Is.InRange(1, 29));
        Assert.That(_temporary.ContentFiles(), Has.Length.EqualTo(kept));
        Assert.That(store.TotalBytes, Is.EqualTo((long)kept * bytes.Length));
    }

    private static StoredContent Open(ContentStore store, int number) => store.Open(new ContentKey($"{number}", null), 20_000);

    private SqliteFile OpenWithoutRoom(SqliteLayout layout)
    {
        var file = new SqliteFile(_temporary.Path, layout, new RepairNotes(), _temporary.Time, NullLogger.Instance);
        file.Run(0, static (session, _) => session.Number("PRAGMA max_page_count = 60"));
        return file;
    }
}
