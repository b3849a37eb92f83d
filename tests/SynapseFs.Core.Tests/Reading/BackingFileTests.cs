using SynapseFs.Store;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

/// <summary>Which files the kernel is offered to read itself.</summary>
internal sealed class BackingFileTests
{
    private const int Length = 1_000_000;
    private static readonly MountOptions Writable = new() { ReadOnly = false };

    [Test]
    public async Task What_is_whole_and_cannot_be_changed_is_offered()
    {
        await using var rig = new EngineRig(takesBackingFiles: true);
        var inode = await CacheAsync(rig);

        var open = await WhenBackedAsync(rig, inode);

        var bytes = new byte[Length + 1];
        Assert.That(RandomAccess.Read(open.BackingFile!, bytes, 0), Is.EqualTo(Length));
        Assert.That(TestBytes.AreSame(bytes[..Length], TestBytes.Of(Length)));
    }

    [Test]
    public async Task A_kernel_that_takes_none_is_offered_none()
    {
        await using var rig = new EngineRig();
        var inode = await CacheAsync(rig);
        await WhenSealedAsync(rig);

        Assert.That(await rig.OpenAsync(inode), Has.Property("BackingFile").Null.And.Property("Caching").EqualTo(PageCaching.Keep));
    }

    [Test]
    public async Task What_can_be_changed_is_not_offered_and_what_others_only_may_change_is()
    {
        await using var rig = new EngineRig(Writable, takesBackingFiles: true);
        var inode = await CacheAsync(rig);
        await WhenSealedAsync(rig);
        Assert.That((await rig.OpenAsync(inode)).BackingFile, Is.Null);

        await using var other = new EngineRig(Writable, takesBackingFiles: true);
        var locked = await CacheAsync(other, NodeRights.None);

        await WhenBackedAsync(other, locked);
    }

    [Test]
    public async Task What_is_not_whole_is_not_offered()
    {
        await using var rig = new EngineRig(new MountOptions { WholeFetchLimit = 0 }, takesBackingFiles: true);
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(Length));
        var inode = (await rig.WalkAsync("f")).Inode;
        await rig.ReadAsync((await rig.OpenAsync(inode)).Handle, 0, 1000);

        Assert.That((await rig.OpenAsync(inode)).BackingFile, Is.Null);
    }

    [Test]
    public async Task While_one_handle_reads_here_so_do_all_others()
    {
        await using var rig = new EngineRig(takesBackingFiles: true);
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(Length));
        var inode = (await rig.WalkAsync("f")).Inode;
        var first = await rig.OpenAsync(inode);
        await rig.ReadAllAsync(first.Handle);
        await WhenSealedAsync(rig);

        var second = await rig.OpenAsync(inode);
        await rig.FileSystem.ReleaseAsync(first.Handle);
        await rig.FileSystem.ReleaseAsync(second.Handle);

        Assert.That(second.Caching, Is.EqualTo(PageCaching.Keep));
        Assert.That((await rig.OpenAsync(inode)).Caching, Is.EqualTo(PageCaching.Backed));
    }

    [Test]
    public async Task Whoever_may_write_from_now_on_waits_for_those_whose_reads_would_not_see_it()
    {
        await using var rig = new EngineRig(Writable, takesBackingFiles: true);
        var node = rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(Length));
        node.Rights = NodeRights.None;
        var inode = await CacheAsync(rig, "f");
        var reader = await WhenBackedAsync(rig, inode);
        node.Rights = NodeRights.All;
        rig.World.SetXattr(node, "user.x", "y");
        rig.EndLeases();
        Assert.That((await rig.WalkAsync("f")).Inode, Is.EqualTo(inode));

        Assert.That(
            async () => await rig.FileSystem.OpenAsync(Caller.Internal, inode, OpenMode.Write | OpenMode.Truncate, CancellationToken.None),
            Fails.With(FsError.Busy));
        Assert.That(
            async () => await rig.FileSystem.SetAttributesAsync(
                Caller.Internal, inode, new AttributeChange { Length = 0 }, CancellationToken.None),
            Fails.With(FsError.Busy));
        Assert.That(rig.FileSystem.GetStatus().OpenFiles, Is.EqualTo(1), "who was refused has nothing open");
        var beside = await rig.OpenAsync(inode);
        Assert.That(beside.BackingFile, Is.Not.Null);
        await rig.FileSystem.ReleaseAsync(reader.Handle);
        await rig.FileSystem.ReleaseAsync(beside.Handle);

        var writer = await rig.FileSystem.OpenAsync(Caller.Internal, inode, OpenMode.ReadWrite, CancellationToken.None);
        await rig.FileSystem.WriteAsync(Caller.Internal, writer.Handle, 0, "new"u8.ToArray(), CancellationToken.None);
        Assert.That(await rig.ReadAsync((await rig.OpenAsync(inode)).Handle, 0, 3), Is.EqualTo("new"u8.ToArray()));
    }

    [Test]
    public async Task A_cached_file_that_somebody_touched_is_checked_before_it_is_offered_again()
    {
        await using var rig = new EngineRig(takesBackingFiles: true);
        var inode = await CacheAsync(rig);
        await rig.FileSystem.ReleaseAsync((await WhenBackedAsync(rig, inode)).Handle);
        DiskDamage.FlipByte(rig.CachePath, 500_000);

        var open = await rig.OpenAsync(inode);

        Assert.That(open.BackingFile, Is.Null);
        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(open.Handle), TestBytes.Of(Length)));
        await rig.FileSystem.ReleaseAsync(open.Handle);
        Assert.That(TestBytes.AreSame(Whole(await WhenBackedAsync(rig, inode)), TestBytes.Of(Length)));
    }

    [Test]
    public async Task What_the_kernel_reads_counts_as_open_and_used()
    {
        await using var rig = new EngineRig(takesBackingFiles: true);
        var inode = await CacheAsync(rig);

        var open = await WhenBackedAsync(rig, inode);

        Assert.That(rig.FileSystem.GetStatus().OpenFiles, Is.EqualTo(1));
        await rig.FileSystem.ReleaseAsync(open.Handle);
        Assert.That(rig.FileSystem.GetStatus().OpenFiles, Is.Zero);
    }

    private static byte[] Whole(OpenResult open)
    {
        var bytes = new byte[Length];
        RandomAccess.Read(open.BackingFile!, bytes, 0);
        return bytes;
    }

    private static Task<InodeNumber> CacheAsync(EngineRig rig, NodeRights rights = NodeRights.All)
    {
        rig.World.AddFile(rig.World.Root, "f", TestBytes.Of(Length)).Rights = rights;
        return CacheAsync(rig, "f");
    }

    private static async Task<InodeNumber> CacheAsync(EngineRig rig, string name)
    {
        var inode = (await rig.WalkAsync(name)).Inode;
        var open = await rig.OpenAsync(inode);
        await rig.ReadAllAsync(open.Handle);
        await rig.FileSystem.ReleaseAsync(open.Handle);
        return inode;
    }

    // Sealing goes on beside.
    private static async Task<OpenResult> WhenBackedAsync(EngineRig rig, InodeNumber inode)
    {
        OpenResult open = default;
        Assert.That(await Eventually.HoldsAsync(async () =>
        {
            open = await rig.OpenAsync(inode);
            if (open.BackingFile is null)
                await rig.FileSystem.ReleaseAsync(open.Handle);
            return open.BackingFile is not null;
        }, TimeSpan.FromSeconds(20)));
        return open;
    }

    private static async Task WhenSealedAsync(EngineRig rig)
    {
        var key = rig.Cache.Nodes.GetChildren(InodeNumber.Root).Single().Details!.Content!.Value;
        Assert.That(await Eventually.HoldsAsync(() =>
        {
            using var content = rig.Cache.Contents.Open(key, Length);
            return content.SealedFile is not null;
        }, TimeSpan.FromSeconds(20)));
    }
}
