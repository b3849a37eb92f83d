using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

/// <summary>Small files that a program opens one after another come ahead of it.</summary>
internal sealed class ContentsAheadTests
{
    [Test]
    public async Task Two_small_files_opened_one_after_the_other_bring_the_next_ones_along()
    {
        await using var rig = await MakeAsync(40);
        await ReadAsync(rig, 0);
        await ReadAsync(rig, 1);

        Assert.That(await Eventually.HoldsAsync(() => rig.World.Count("read") == 18, TimeSpan.FromSeconds(30)));
        Assert.That(rig.World.Count("prepare"), Is.EqualTo(16));
    }

    [Test]
    public async Task Whoever_goes_through_all_of_them_reads_each_once_and_right()
    {
        await using var rig = await MakeAsync(300);
        for (var i = 0; i < 300; i++)
            await ReadAsync(rig, i);

        Assert.That(rig.World.Count("read"), Is.EqualTo(300));
    }

    [Test]
    public async Task One_file_brings_nothing_along()
    {
        await using var rig = await MakeAsync(40);
        await ReadAsync(rig, 0);
        await ReadAsync(rig, 0);
        await ReadAsync(rig, 20);
        await rig.FileSystem.DisposeAsync();

        Assert.That(rig.World.Count("read"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_cannot_be_fetched_ahead_is_told_to_whoever_opens_it()
    {
        await using var rig = await MakeAsync(40);
        var locked = rig.World.Root.Children[5].Id;
        rig.World.OnCall = (call, _) => call.Verb == "read" && call.Id == locked
            ? throw new FsException(FsError.AccessDenied, "Not for you.")
            : Task.CompletedTask;
        for (var i = 0; i < 40; i++)
        {
            if (i == 5)
                Assert.ThrowsAsync<FsException>(() => ReadAsync(rig, 5));
            else
                await ReadAsync(rig, i);
        }
    }

    private static async Task<EngineRig> MakeAsync(int files)
    {
        var rig = new EngineRig(new MountOptions { SiblingsAhead = 32 });
        for (var i = 0; i < files; i++)
            rig.World.AddFile(rig.World.Root, Name(i), TestBytes.Of(20_000, i));
        await rig.NamesAsync(InodeNumber.Root);
        // A view has told them all, or somebody has looked at them.
        for (var i = 0; i < files; i++)
            await rig.WalkAsync(Name(i));
        return rig;
    }

    private static async Task ReadAsync(EngineRig rig, int file)
    {
        var handle = await rig.OpenAsync(Name(file));
        try
        {
            Assert.That(TestBytes.AreSame(await rig.ReadAsync(handle, 0, 100_000), TestBytes.Of(20_000, file)));
        }
        finally
        {
            await rig.FileSystem.ReleaseAsync(handle);
        }
    }

    private static string Name(int file) => $"f{file:D2}";
}
