using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class VerificationTests
{
    private const int Block = 128 * 1024;
    private static readonly MountOptions InBlocks = new() { WholeFetchLimit = 0 };

    [TestCase(1000)]
    [TestCase(3 << 20)]
    public async Task A_small_file_damaged_on_the_way_is_fetched_again_before_its_first_byte_is_read(int length)
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(length);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, length / 2, times: 1);

        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f")), Is.EqualTo(bytes));
        Assert.That(rig.World.BytesSent, Is.EqualTo(2 * length));
    }

    [Test]
    public async Task Bytes_that_stay_wrong_are_an_error_and_nothing_of_them_is_kept()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(300_000);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, 5, times: 2);
        var handle = await rig.OpenAsync("f");

        Assert.That(async () => await rig.ReadAsync(handle, 0, 10), Fails.With(FsError.InputOutput));
        Assert.That(rig.Cache.Contents.TotalBytes, Is.Zero);
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("MD5"));
        Assert.That(async () => await rig.ReadAsync(handle, 0, 10), Fails.With(FsError.InputOutput));

        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f")), Is.EqualTo(bytes));
        Assert.That(async () => await rig.ReadAsync(handle, 0, 10), Fails.With(FsError.InputOutput));
    }

    [Test]
    public async Task A_large_file_whose_served_bytes_were_wrong_fails_before_its_last_byte_is_read()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(3 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, 10, times: 1);
        var file = await rig.WalkAsync("f");
        var misled = (await rig.OpenAsync(file.Inode)).Handle;

        Assert.That(async () => await rig.ReadAllAsync(misled), Fails.With(FsError.InputOutput));
        Assert.That(async () => await rig.ReadAsync(misled, 0, 10), Fails.With(FsError.InputOutput));
        Assert.That(await rig.ReadAllAsync((await rig.OpenAsync(file.Inode)).Handle), Is.EqualTo(bytes));
        await rig.Kernel.WhenToldAsync($"content {file.Inode}");
    }

    [Test]
    public async Task Whoever_was_given_wrong_bytes_fails_also_when_the_second_fetch_needed_a_second_try()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(3 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var file = await rig.WalkAsync("f");
        var (misled, other) = ((await rig.OpenAsync(file.Inode)).Handle, (await rig.OpenAsync(file.Inode)).Handle);
        var sent = 0L;
        rig.World.OnBytes = (_, offset, piece, _) =>
        {
            if (Interlocked.Add(ref sent, piece.Length) > bytes.Length)
                throw new FsException(FsError.Offline, "The cable was pulled.");
            if (offset == 0)
                piece.Span[0] ^= 0x40;
            return ValueTask.CompletedTask;
        };
        await rig.ReadAsync(misled, 0, 10);
        Assert.That(async () => await rig.ReadAsync(other, Block, bytes.Length - Block), Fails.With(FsError.Offline));
        rig.World.OnBytes = null;

        Assert.That(await rig.ReadAsync(other, Block, 10), Is.EqualTo(bytes[Block..(Block + 10)]));

        Assert.That(async () => await rig.ReadAsync(misled, 0, 10), Fails.With(FsError.InputOutput));
    }

    [Test]
    public async Task Those_who_were_given_only_right_bytes_of_a_damaged_file_read_on()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(3 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        await rig.ReadAsync(handle, 0, Block);
        var last = bytes.Length - Block;
        Damage(rig.World, last, times: 1);

        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_block_damaged_on_disk_is_fetched_again()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(1 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        await rig.ReadAllAsync(handle);
        rig.World.ForgetCalls();
        DiskDamage.FlipByte(rig.CachePath, 3 * Block + 7);

        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(bytes));
        Assert.That(rig.World.BytesSent, Is.EqualTo(Block));
    }

    [Test]
    public async Task A_content_without_a_checksum_is_served_as_it_comes()
    {
        await using var rig = new EngineRig();
        var bytes = TestBytes.Of(1 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes).HasMd5 = false;
        var handle = await rig.OpenAsync("f");

        Assert.That(await rig.ReadAsync(handle, 0, 10), Is.EqualTo(bytes[..10]));
        Assert.That(rig.World.BytesSent, Is.LessThan(bytes.Length));
        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_file_completed_in_parts_over_two_mounts_is_verified_as_a_whole()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(2 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, 3, times: 1);
        await rig.ReadAsync(await rig.OpenAsync("f"), 0, Block);

        await rig.RestartAsync();

        Assert.That(async () => await rig.ReadAllAsync(await rig.OpenAsync("f"), 1 << 20), Fails.With(FsError.InputOutput));
        Assert.That(await rig.ReadAllAsync(await rig.OpenAsync("f"), 1 << 20), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Verified_afterwards_whoever_was_given_wrong_bytes_is_told_then()
    {
        await using var rig = new EngineRig(InBlocks with { VerifiesBeforeEnd = false });
        var bytes = TestBytes.Of(3 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, 10, times: 1);
        var file = await rig.WalkAsync("f");
        var misled = (await rig.OpenAsync(file.Inode)).Handle;
        Assert.That(await rig.ReadAsync(misled, 0, Block), Is.Not.EqualTo(bytes[..Block]));
        var other = (await rig.OpenAsync(file.Inode)).Handle;

        Assert.That(await rig.ReadAsync(other, Block, bytes.Length), Is.EqualTo(bytes[Block..]));

        await rig.Kernel.WhenToldAsync($"content {file.Inode}");
        Assert.That(async () => await rig.ReadAsync(misled, 0, Block), Fails.With(FsError.InputOutput));
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("read it again"));
        Assert.That(await rig.ReadAllAsync((await rig.OpenAsync(file.Inode)).Handle), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Verified_afterwards_wrong_bytes_of_a_closed_file_are_told_and_not_kept()
    {
        await using var rig = new EngineRig(InBlocks with { VerifiesBeforeEnd = false });
        var bytes = TestBytes.Of(3 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        Damage(rig.World, 10, times: 1);
        var file = await rig.WalkAsync("f");
        var (misled, other) = ((await rig.OpenAsync(file.Inode)).Handle, (await rig.OpenAsync(file.Inode)).Handle);
        await rig.ReadAsync(misled, 0, Block);
        await rig.FileSystem.ReleaseAsync(misled);
        await rig.ReadAsync(other, Block, bytes.Length);
        await rig.FileSystem.ReleaseAsync(other);

        await rig.Kernel.WhenToldAsync($"content {file.Inode}");
        Assert.That(rig.FileSystem.GetStatus().Notices, Has.One.Contains("read it again").And.Contains("'/f'"));
        Assert.That(await rig.ReadAllAsync((await rig.OpenAsync(file.Inode)).Handle), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Verified_afterwards_a_right_content_gets_its_verdict_though_it_was_closed()
    {
        await using var rig = new EngineRig(InBlocks with { VerifiesBeforeEnd = false });
        var bytes = TestBytes.Of(3 << 20);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        Assert.That(await rig.ReadAllAsync(handle), Is.EqualTo(bytes));
        await rig.FileSystem.ReleaseAsync(handle);

        var key = rig.Cache.Nodes.GetChildren(InodeNumber.Root).Single().Details!.Content!.Value;
        Assert.That(await Eventually.HoldsAsync(() =>
        {
            using var content = rig.Cache.Contents.Open(key, bytes.Length);
            return content.IsVerified;
        }, TimeSpan.FromSeconds(20)));
    }

    private static void Damage(World world, long at, int times) =>
        world.OnBytes = (_, offset, piece, _) =>
        {
            if (at >= offset && at < offset + piece.Length && Interlocked.Decrement(ref times) >= 0)
                piece.Span[(int)(at - offset)] ^= 0x40;
            return ValueTask.CompletedTask;
        };
}
