using System.Diagnostics;
using System.Globalization;
using SynapseFs.Store.Contents;
using SynapseFs.Store.Sqlite;
using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

/// <summary>Opening must not depend on how much is remembered: counted in bytes read, as time depends on the machine.</summary>
public sealed class OpeningCostTests
{
    private const int Contents = 10_000;
    private const int BlocksEach = 100;
    private const int Nodes = 100_000;

    [Test]
    [Platform("Linux")]
    public void Opening_with_a_million_cached_blocks_reads_a_handful_of_pages()
    {
        using var temporary = new TemporaryCache();
        Fill(temporary);
        var before = BytesRead();
        var clock = Stopwatch.StartNew();

        using var cache = temporary.Open();

        var elapsed = clock.Elapsed;
        var read = BytesRead() - before;
        var size = new FileInfo(temporary.File("blocks.db")).Length + new FileInfo(temporary.File("state.db")).Length;
        TestContext.Out.WriteLine($"opened {size >> 20} MiB of databases in {elapsed.TotalMilliseconds:0} ms, {read >> 10} KiB read");
        Assert.That(cache.Repairs, Is.Empty);
        Assert.That(cache.Contents.TotalBytes, Is.EqualTo((long)Contents * BlocksEach * TemporaryCache.BlockSize));
        Assert.That(size, Is.GreaterThan(20 << 20));
        Assert.That(read, Is.LessThan(2 << 20));
        Assert.That(cache.Contents.CachedBytes(new ContentKey("content 7000", null)), Is.EqualTo(BlocksEach * TemporaryCache.BlockSize));
        Assert.That(cache.Nodes.Get(new InodeNumber(Nodes)), Is.Not.Null);
    }

    private static long BytesRead() =>
        long.Parse(File.ReadLines("/proc/self/io").First().Split(' ')[1], CultureInfo.InvariantCulture);

    private static void Fill(TemporaryCache temporary)
    {
        temporary.Open().Dispose();
        Run(temporary, ContentIndex.Layout, $"""
            BEGIN;
            WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {Contents})
                INSERT INTO content (id, md5, length, block_size, is_small, cached_bytes, last_used)
                SELECT 'content ' || i, '', 0, {TemporaryCache.BlockSize}, 0, {BlocksEach * TemporaryCache.BlockSize}, i FROM n;
            WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < {(Contents * BlocksEach) - 1})
                INSERT INTO block (content, block, checksum, present)
                SELECT 1 + i / {BlocksEach}, i % {BlocksEach}, i * 2654435761, 1 FROM n;
            COMMIT;
            """);
        Run(temporary, NodeTable.Layout, $"""
            WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i <= {Nodes})
                INSERT INTO node (parent, name, kind, remote_id, modified, created)
                SELECT i / 100, 'a name of usual length ' || i, 'file', 'syn' || i, 0, 0 FROM n;
            """);
    }

    private static void Run(TemporaryCache temporary, SqliteLayout layout, string sql)
    {
        using var session = SqliteSession.Open(temporary.File(layout.Name + ".db"), layout);
        session.Script(sql);
    }
}
