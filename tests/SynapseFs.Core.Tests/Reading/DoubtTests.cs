using SynapseFs.Store;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

/// <summary>Contents that were read before they were known to be right: what is told of them, and for how long.</summary>
internal sealed class DoubtTests
{
    private const int Block = 128 * 1024;
    private const int Length = 3 << 20;
    private static readonly MountOptions Afterwards = new() { WholeFetchLimit = 0, VerifiesBeforeEnd = false };

    [Test]
    public async Task Who_was_misled_is_told_by_every_name_of_the_file_also_by_the_next_mount()
    {
        await using var rig = new EngineRig(Afterwards);
        await MisleadAsync(rig, "folder/reads.bam");

        Assert.That(Told(rig), Does.Contain("'/folder/reads.bam'").And.Contain("content ").And.Contain("read it again"));

        await rig.RestartAsync();
        Assert.That(Told(rig), Does.Contain("'/folder/reads.bam'").And.Contain("read it again"));
    }

    [Test]
    public async Task Opened_again_and_right_it_is_told_no_longer()
    {
        await using var rig = new EngineRig(Afterwards);
        var bytes = await MisleadAsync(rig, "f");

        var handle = await rig.OpenAsync("f");
        Assert.That(await rig.ReadAsync(handle, Block, Block), Is.EqualTo(bytes[Block..(2 * Block)]));
        Assert.That(Told(rig), Does.Contain("read it again"), "a part of it proves nothing");
        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(bytes));

        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
        await rig.RestartAsync();
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_came_wrong_once_is_checked_before_its_last_read_is_answered(bool isMountedAnew)
    {
        await using var rig = new EngineRig(Afterwards);
        await MisleadAsync(rig, "f");
        if (isMountedAnew)
            await rig.RestartAsync();
        Damage(rig.World, 10, times: 1);

        var handle = await rig.OpenAsync("f");

        Assert.That(async () => await rig.ReadAllAsync(handle), Fails.With(FsError.InputOutput));
    }

    [Test]
    public async Task What_was_refused_is_told_until_it_is_right()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(300_000);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, 5, times: 2);
        var handle = await rig.OpenAsync("f");
        Assert.That(async () => await rig.ReadAsync(handle, 0, 10), Fails.With(FsError.InputOutput));
        Assert.That(Told(rig), Does.Contain("'/f'").And.Contain("twice"));

        await rig.RestartAsync();
        Assert.That(Told(rig), Does.Contain("'/f'").And.Contain("twice"));

        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f")), Is.EqualTo(bytes));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [Test]
    public async Task What_was_damaged_before_anybody_was_given_a_byte_is_not_told()
    {
        await using var rig = new EngineRig();
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(300_000));
        Damage(rig.World, 5, times: 1);

        await rig.ReadAllAsync(await rig.OpenAsync("f"));

        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
        Assert.That(rig.Cache.Doubts.Read(), Is.Empty);
    }

    [Test]
    public async Task What_was_right_in_time_leaves_nothing_behind()
    {
        await using var rig = new EngineRig(Afterwards);
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(Length));
        var handle = await rig.OpenAsync("f");
        await rig.ReadAllAsync(handle);
        await rig.FileSystem.ReleaseAsync(handle);

        Assert.That(await Eventually.HoldsAsync(() => IsVerified(rig) && rig.Cache.Doubts.Read().Count == 0, TimeSpan.FromSeconds(20)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_a_mount_had_no_time_to_check_the_next_one_checks(bool isRight)
    {
        await using var rig = new EngineRig(Afterwards);
        await ReadUncheckedAsync(rig, "f", isRight);

        await rig.RestartAsync();

        if (isRight)
            Assert.That(await Eventually.HoldsAsync(() => rig.FileSystem.GetStatus().Notices.Count == 0 && IsVerified(rig), TimeSpan.FromSeconds(20)));
        else
            Assert.That(await Eventually.HoldsAsync(() => IsMisled(rig), TimeSpan.FromSeconds(20)));
        Assert.That(rig.World.BytesSent, Is.Zero, "it is checked as it was read");
    }

    [Test]
    public async Task What_cannot_be_checked_any_more_is_told_until_it_is_read_again()
    {
        await using var rig = new EngineRig(Afterwards);
        await ReadUncheckedAsync(rig, "f", isRight: true);
        using (var content = rig.Cache.Contents.Open(KeyOf(rig), Length))
            content.DropAll();

        await rig.RestartAsync();

        Assert.That(Told(rig), Does.Contain("'/f'").And.Contain("not held against its MD5"));
        await rig.ReadAllAsync(await rig.OpenAsync("f"));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    [Test]
    public async Task What_no_name_leads_to_any_more_is_told_by_one_more_mount()
    {
        await using var rig = new EngineRig(Afterwards);
        rig.Cache.Doubts.Put(new DoubtfulContent(new ContentKey("gone", new string('0', 32)), 5, DoubtFinding.Misled, ["/gone"]));

        await rig.RestartAsync();
        Assert.That(Told(rig), Does.Contain("'/gone'"));

        await rig.RestartAsync();
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty);
    }

    /// <summary>A program reads wrong bytes and is gone before that is known.</summary>
    private static async Task<byte[]> MisleadAsync(EngineRig rig, string path)
    {
        var bytes = await ReadUncheckedAsync(rig, path, isRight: false);
        await rig.RestartAsync();
        Assert.That(await Eventually.HoldsAsync(() => IsMisled(rig) && rig.Cache.Contents.TotalBytes == 0, TimeSpan.FromSeconds(20)));
        return bytes;
    }

    /// <summary>As a mount leaves it that ends between the last read and the verdict: all is handed out, and nobody knows how it is.</summary>
    private static async Task<byte[]> ReadUncheckedAsync(EngineRig rig, string path, bool isRight)
    {
        var bytes = TestBytes.Of(Length);
        var parts = path.Split('/');
        rig.World.AddFile(parts[..^1].Aggregate(rig.World.Root, rig.World.AddDirectory), parts[^1], bytes);
        var file = await rig.WalkAsync(path);
        var handle = (await rig.OpenAsync(file.Inode)).Handle;
        byte[] given = [.. bytes];
        given[10] ^= (byte)(isRight ? 0 : 0x40);
        // What lands without a fetch is not looked at by itself.
        using (var content = rig.Cache.Contents.Open(rig.Cache.Nodes.Get(file.Inode)!.Details!.Content!.Value, Length))
        {
            for (var block = 0; block < content.BlockCount; block++)
                content.Write(block, given.AsSpan(block * Block, content.BlockLength(block)));
        }

        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(given));
        Assert.That(rig.FileSystem.GetStatus().Notices, Is.Empty, "it is only just read");
        return bytes;
    }

    private static bool IsMisled(EngineRig rig) => Told(rig).Contains("read it again", StringComparison.Ordinal);

    private static bool IsVerified(EngineRig rig)
    {
        using var content = rig.Cache.Contents.Open(KeyOf(rig), Length);
        return content.IsVerified;
    }

    private static ContentKey KeyOf(EngineRig rig) => rig.Cache.Nodes.GetChildren(InodeNumber.Root).Single().Details!.Content!.Value;

    private static string Told(EngineRig rig) => string.Join('\n', rig.FileSystem.GetStatus().Notices);

    private static void Damage(World world, long at, int times) =>
        world.OnBytes = (_, offset, piece, _) =>
        {
            if (at >= offset && at < offset + piece.Length && Interlocked.Decrement(ref times) >= 0)
                piece.Span[(int)(at - offset)] ^= 0x40;
            return ValueTask.CompletedTask;
        };
}
