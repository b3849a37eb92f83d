using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Reading;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>Remote bytes below a staged content, as the engine fetches, caches and verifies them.</summary>
internal sealed class CachedBaseTests
{
    private const int Block = 128 * 1024;

    [Test]
    public async Task Bytes_that_show_through_are_fetched_once_and_then_read_without_waiting()
    {
        await using var rig = new Rig(Block * 4);
        using var content = rig.Over(rig.OpenBase());
        content.TryWrite(10, new byte[Block]);
        Array.Clear(rig.Bytes, 10, Block);

        Assert.That(TestBytes.AreSame(await StagingRig.ReadAllAsync(content), rig.Bytes));
        var again = content.ReadAsync(0, new byte[Block * 4], CancellationToken.None);
        Assert.That(again.IsCompletedSuccessfully, Is.True);
        Assert.That(rig.World.BytesSent, Is.EqualTo(Block * 4));
    }

    [Test]
    public async Task Only_blocks_that_show_are_fetched_to_complete_a_content()
    {
        await using var rig = new Rig(Block * 40, wholeFetchLimit: 0);
        using var content = rig.Over(rig.OpenBase());
        content.TryWrite(0, new byte[Block * 38]);
        Array.Clear(rig.Bytes, 0, Block * 38);
        content.Freeze();

        await content.CompleteAsync(CancellationToken.None);

        Assert.That(rig.World.BytesSent, Is.EqualTo(Block * 2));
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(rig.Bytes)));
    }

    [Test]
    public async Task Out_of_reach_what_was_written_and_what_is_cached_is_read_and_the_rest_comes_later()
    {
        await using var rig = new Rig(Block * 40, wholeFetchLimit: 0);
        using var content = rig.Over(rig.OpenBase());
        await content.ReadAsync(0, new byte[Block], CancellationToken.None);
        content.TryWrite(Block, new byte[Block]);
        Array.Clear(rig.Bytes, Block, Block);
        rig.World.IsOffline = true;

        Assert.That(await content.ReadAsync(0, new byte[Block * 2], CancellationToken.None), Is.EqualTo(Block * 2));
        Assert.That(async () => await content.ReadAsync(Block * 30, new byte[1], CancellationToken.None), Fails.With(FsError.Offline));
        content.Freeze();
        Assert.That(async () => await content.CompleteAsync(CancellationToken.None), Fails.With(FsError.Offline));

        rig.World.IsOffline = false;
        await content.CompleteAsync(CancellationToken.None);
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(rig.Bytes)));
    }

    [Test]
    public async Task Nothing_stays_of_a_base_that_turned_out_wrong_and_another_handle_on_it_helps()
    {
        await using var rig = new Rig(3 << 20, wholeFetchLimit: 0);
        var damages = 1;
        rig.World.OnBytes = (_, offset, piece, _) =>
        {
            if (offset == 0 && Interlocked.Decrement(ref damages) >= 0)
                piece.Span[0] ^= 0x40;
            return ValueTask.CompletedTask;
        };
        using var content = rig.Over(rig.OpenBase());
        content.Freeze();

        Assert.That(async () => await content.CompleteAsync(CancellationToken.None), Fails.With(FsError.InputOutput));
        Assert.That(content.Describe().Written, Is.Empty);
        Assert.That(async () => await content.CompleteAsync(CancellationToken.None), Fails.With(FsError.InputOutput));

        content.Rebase(rig.OpenBase());
        await content.CompleteAsync(CancellationToken.None);
        Assert.That(await content.HashAsync(CancellationToken.None), Is.EqualTo(StagingRig.Md5Of(rig.Bytes)));
    }

    [Test]
    public async Task Letting_go_of_the_content_closes_the_handle()
    {
        await using var rig = new Rig(100);
        var content = rig.Over(rig.OpenBase());
        Assert.That((rig.Contents.FileCount, content.SameAsBase), Is.EqualTo((1, (ContentKey?)rig.File.Key)));

        content.Dispose();

        Assert.That(rig.Contents.FileCount, Is.Zero);
    }

    /// <summary>One file of a scripted world, and the engine's rooms that read it.</summary>
    private sealed class Rig : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly CancellationTokenSource _ended = new();
        private readonly CacheDirectory _cache;
        private readonly FetchDoor _door;
        private readonly MountParts _parts;

        public Rig(int length, long wholeFetchLimit = 16 << 20)
        {
            World = new World(TimeProvider.System);
            Bytes = TestBytes.Of(length);
            File = World.AddFile(World.Root, "f", [.. Bytes]);
            _cache = CacheDirectory.Open(_directory.Path, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
            var options = new MountOptions { WholeFetchLimit = wholeFetchLimit };
            _parts = new MountParts(_cache, World.Providers, options, TimeProvider.System, NullLogger.Instance);
            _door = new FetchDoor(_parts, new RemoteCalls(_parts), new Notices(_parts.Log));
            Contents = new OpenContents(_parts, _door, new DoubtfulContents(_parts, row => row.Name), _ => { }, _ended.Token);
        }

        public World World { get; }

        public WorldNode File { get; }

        /// <summary>The file's bytes, to be changed as the content over them is.</summary>
        public byte[] Bytes { get; }

        public OpenContents Contents { get; }

        public StagedContent Over(BaseContent below) => StagedContent.Create(_cache.Staging, below, below.Length);

        public CachedBase OpenBase()
        {
            var source = _parts.Providers[World.FileKind].OpenContent(
                new RemoteNode(World.FileKind, File.Id, File.Name, File.Revision),
                new RemoteDetails
                {
                    Revision = File.Revision,
                    Modified = File.Modified,
                    Created = File.Created,
                    Permissions = FilePermissions.AllRead,
                    Content = File.Key,
                });
            return new CachedBase(Contents, Contents.Open(new InodeNumber(2), File.Key, Bytes.Length, source), File.Id);
        }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            await Contents.DisposeAsync();
            _door.Dispose();
            _ended.Dispose();
            _cache.Dispose();
            _directory.Dispose();
        }
    }
}
