using SynapseFs.Core.Providers;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

/// <summary>What a file's format says will be read next is on its way before the reader asks for it.</summary>
internal sealed class FormatsAheadTests
{
    private const int Block = 128 * 1024;
    private static readonly MountOptions InBlocks = new() { WholeFetchLimit = 1 << 20 };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCase("a.bam.bai")]
    [TestCase("a.bai")]
    public async Task The_index_beside_a_file_is_fetched_when_the_file_is_opened(string name)
    {
        await using var rig = new EngineRig(InBlocks);
        var index = TestBytes.Of(300_000, 1);
        rig.World.AddFile(rig.World.Root, "a.bam", TestBytes.Of(4 << 20));
        var indexId = rig.World.AddFile(rig.World.Root, name, index).Id;
        rig.World.AddFile(rig.World.Root, "b.bam.bai", TestBytes.Of(1000, 2));
        await rig.NamesAsync(InodeNumber.Root);

        await rig.OpenAsync("a.bam");

        Assert.That(await Eventually.HoldsAsync(() => rig.World.BytesSent == index.Length, Patience));
        Assert.That(rig.World.Calls.Where(call => call.Id == indexId), Has.All.Property(nameof(WorldCall.Urgency)).EqualTo(Urgency.Ahead));
        rig.World.ForgetCalls();
        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(await rig.OpenAsync(name)), index));
        Assert.That(rig.World.Count("read"), Is.Zero);
    }

    [Test]
    public async Task Of_two_indexes_the_one_that_is_looked_for_first_comes_and_of_two_kinds_both()
    {
        await using var rig = new EngineRig(InBlocks);
        foreach (var name in new[] { "a.vcf.gz", "ref.fa.gz" })
            rig.World.AddFile(rig.World.Root, name, TestBytes.Of(4 << 20));
        foreach (var name in new[] { "a.vcf.gz.csi", "a.vcf.gz.tbi", "ref.fa.gz.fai", "ref.fa.gz.gzi" })
            rig.World.AddFile(rig.World.Root, name, TestBytes.Of(1000, name.Length));
        await rig.NamesAsync(InodeNumber.Root);

        await rig.OpenAsync("a.vcf.gz");
        await rig.OpenAsync("ref.fa.gz");

        Assert.That(await Eventually.HoldsAsync(() => rig.World.Count("read") == 3, Patience));
        await rig.FileSystem.DisposeAsync();
        Assert.That(ReadNames(rig), Is.EquivalentTo(new[] { "a.vcf.gz.csi", "ref.fa.gz.fai", "ref.fa.gz.gzi" }));
    }

    [Test]
    public async Task Nothing_is_looked_for_where_no_index_is_known_or_none_is_wanted()
    {
        await using var rig = new EngineRig(InBlocks with { ReadOnly = false });
        var directory = rig.World.AddDirectory(rig.World.Root, "never-listed");
        foreach (var name in new[] { "a.bam", "a.bam.bai" })
            rig.World.AddFile(directory, name, TestBytes.Of(100_000));
        foreach (var name in new[] { "whole.bam", "lone.bam", "changed.bam", "changed.bam.bai", "huge.bam", "huge.bam.bai", "locked.bam" })
            rig.World.AddFile(rig.World.Root, name, TestBytes.Of(name == "huge.bam.bai" ? (64 << 20) + 1 : 100_000));
        rig.World.AddFile(rig.World.Root, "locked.bam.bai", TestBytes.Of(1000)).Denied = "Ask for access.";
        await rig.NamesAsync(InodeNumber.Root);
        var whole = await rig.OpenAsync("whole.bam");
        await rig.ReadAllAsync(whole);
        rig.World.AddFile(rig.World.Root, "whole.bam.bai", TestBytes.Of(1000));
        rig.EndLeases();
        await rig.NamesAsync(InodeNumber.Root);
        rig.World.ForgetCalls();

        await rig.OpenAsync("never-listed/a.bam");
        foreach (var name in new[] { "whole.bam", "lone.bam", "huge.bam", "locked.bam" })
            await rig.OpenAsync(name);
        await rig.FileSystem.OpenAsync(
            Caller.Internal, (await rig.WalkAsync("changed.bam")).Inode, OpenMode.Read | OpenMode.Write, CancellationToken.None);
        await rig.FileSystem.DisposeAsync();

        Assert.That(rig.World.Count("read"), Is.Zero);
        Assert.That(rig.World.Calls.Where(call => call is { Verb: "list", Urgency: Urgency.Ahead }), Is.Empty);
    }

    [Test]
    public async Task An_index_that_cannot_be_fetched_holds_nothing_up_and_is_told_to_who_opens_it()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of(2 << 20);
        rig.World.AddFile(rig.World.Root, "a.bam", bytes);
        var index = rig.World.AddFile(rig.World.Root, "a.bam.bai", TestBytes.Of(1000));
        await rig.NamesAsync(InodeNumber.Root);
        var never = new TaskCompletionSource();
        rig.World.OnCall = (call, token) => call.Id != index.Id ? Task.CompletedTask
            : call.Urgency == Urgency.Ahead ? never.Task.WaitAsync(token)
            : throw new FsException(FsError.AccessDenied, "Not for you.");

        Assert.That(TestBytes.AreSame(await rig.ReadAllAsync(await rig.OpenAsync("a.bam")), bytes));

        never.SetException(new FsException(FsError.AccessDenied, "Not for you."));
        Assert.ThrowsAsync<FsException>(async () => await rig.ReadAsync(await rig.OpenAsync("a.bam.bai"), 0, 10));
    }

    [TestCase("a.parquet", 100, true)]
    [TestCase("a.zip", 0, true)]
    [TestCase("a.tar", 100, false)]
    public async Task The_end_of_a_file_comes_with_its_first_read_where_programs_look_there(string name, int beyond, bool comes)
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of((2 << 20) + beyond);
        rig.World.AddFile(rig.World.Root, name, bytes);
        var handle = await rig.OpenAsync(name);
        rig.World.ForgetCalls();

        await rig.ReadAsync(handle, 0, 4);
        var expected = comes ? Block + beyond : 0;
        Assert.That(await Eventually.HoldsAsync(() => rig.World.BytesSent == Block + expected, Patience));
        rig.World.ForgetCalls();

        Assert.That(await rig.ReadAsync(handle, bytes.Length - 50_000, 50_000), Is.EqualTo(bytes[^50_000..]));
        Assert.That(rig.World.Calls.Count(call => call.Verb == "read"), Is.EqualTo(comes ? 0 : 1));
    }

    [Test]
    public async Task Who_reads_backwards_has_what_comes_next_fetched_ahead()
    {
        await using var rig = new EngineRig(InBlocks);
        var bytes = TestBytes.Of((32 << 20) + 12_345);
        rig.World.AddFile(rig.World.Root, "f", bytes);
        var handle = await rig.OpenAsync("f");
        rig.World.ForgetCalls();

        for (var end = bytes.Length; end > 0; end -= 8192)
        {
            var from = Math.Max(0, end - 8192);
            Assert.That(TestBytes.AreSame(await rig.ReadAsync(handle, from, end - from), bytes[from..end]), $"at {from}");
        }

        Assert.That(rig.World.BytesSent, Is.EqualTo(bytes.Length));
        Assert.That(rig.World.Calls.Count(call => call is { Verb: "read", Urgency: Urgency.Waiting }), Is.LessThanOrEqualTo(4));
        Assert.That(rig.World.Count("read"), Is.LessThan(40));
    }

    private static IEnumerable<string> ReadNames(EngineRig rig) => rig.World.Calls.Where(call => call.Verb == "read")
        .Select(call => rig.World.Root.Children.First(child => child.Id == call.Id).Name).Distinct();
}
