using System.Runtime.InteropServices;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;

namespace SynapseFs.Fuse.Tests.Session;

public sealed class FuseDispatcherTests
{
    private const ulong Root = 1;

    private static readonly uint[] Answered =
    [
        .. Enum.GetValues<FuseOpcode>()
            .Except([FuseOpcode.Forget, FuseOpcode.BatchForget, FuseOpcode.Interrupt, FuseOpcode.Init]).Select(opcode => (uint)opcode),
    ];

    [Test]
    public async Task A_lookup_answers_the_entry_and_its_validity()
    {
        using var harness = new DispatcherHarness();
        harness.FileSystem.SetContent("f", "12345"u8);

        var reply = await harness.AskAsync(FuseOpcode.Lookup, Root, "f\0"u8.ToArray());

        var entry = MemoryMarshal.Read<EntryOut>(reply.Body);
        Assert.That(reply.Header, Is.EqualTo(new OutHeader(16 + 128, 0, 2)));
        Assert.That((entry.Attr.Length, entry.Attr.UserId, entry.EntryValidSeconds), Is.EqualTo((5UL, 1000u, 600UL)));
    }

    [TestCase("missing\0")]
    [TestCase("\u00ff\0")]
    public async Task A_name_that_is_not_there_is_ENOENT_without_a_body(string name)
    {
        using var harness = new DispatcherHarness();

        var reply = await harness.AskAsync(FuseOpcode.Lookup, Root, System.Text.Encoding.Latin1.GetBytes(name));

        Assert.That(reply.Header, Is.EqualTo(new OutHeader(16, -Errno.ENOENT, 2)));
        Assert.That(reply.Body, Is.Empty);
    }

    [Test]
    public async Task An_unknown_opcode_is_ENOSYS()
    {
        using var harness = new DispatcherHarness();

        Assert.That((await harness.AskAsync((FuseOpcode)4711, Root, [])).Header.Error, Is.EqualTo(-Errno.ENOSYS));
    }

    [TestCaseSource(nameof(Answered))]
    public async Task A_message_cut_short_gets_exactly_one_answer(uint opcode)
    {
        using var harness = new DispatcherHarness();

        foreach (var length in Enumerable.Range(0, 60))
        {
            var reply = await harness.AskAsync((FuseOpcode)opcode, Root, Enumerable.Repeat((byte)0xab, length).ToArray());
            Assert.That(reply.Header.Unique, Is.EqualTo(2), $"{length} bytes");
        }

        Assert.That(harness.InFlight.Count, Is.Zero);
    }

    [Test]
    public async Task Messages_without_answer_survive_being_crooked()
    {
        using var harness = new DispatcherHarness();

        foreach (var opcode in new[] { FuseOpcode.Forget, FuseOpcode.BatchForget, FuseOpcode.Interrupt })
            await harness.DispatchAsync(DispatcherHarness.Message(opcode, 2, Root, [0xff, 0xff, 0xff, 0xff]));
        await harness.DispatchAsync(new byte[39]);
        await harness.DispatchAsync([]);

        Assert.That((await harness.AskAsync(FuseOpcode.StatFs, Root, [])).Header, Is.EqualTo(new OutHeader(16 + 80, 0, 2)));
    }

    [Test]
    public async Task Forgetting_gives_back_what_lookups_took()
    {
        using var harness = new DispatcherHarness();
        harness.FileSystem.SetContent("f", ""u8);
        var entry = MemoryMarshal.Read<EntryOut>((await harness.AskAsync(FuseOpcode.Lookup, Root, "f\0"u8.ToArray())).Body);
        await harness.AskAsync(FuseOpcode.Lookup, Root, "f\0"u8.ToArray());
        await harness.AskAsync(FuseOpcode.Unlink, Root, "f\0"u8.ToArray());

        await harness.DispatchAsync(DispatcherHarness.Message(FuseOpcode.Forget, 4, entry.NodeId, DispatcherHarness.Bytes(new ForgetIn(1))));
        Assert.That(harness.FileSystem.NodeCount, Is.EqualTo(2));
        await harness.DispatchAsync(DispatcherHarness.Message(
            FuseOpcode.BatchForget, 6, 0, DispatcherHarness.Bytes(new BatchForgetIn(1, 0), DispatcherHarness.Bytes(new ForgetOne(entry.NodeId, 1)))));
        Assert.That(harness.FileSystem.NodeCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Listing_extended_attributes_answers_length_too_small_and_names()
    {
        using var harness = new DispatcherHarness();
        harness.FileSystem.SetXattr("f", "user.a", "1");
        harness.FileSystem.SetXattr("f", "user.ö", "2");
        var inode = harness.FileSystem.Locate("f").Inode.Value;

        var probe = await harness.AskAsync(FuseOpcode.ListXattr, inode, DispatcherHarness.Bytes(new GetXattrIn(0, 0)));
        var small = await harness.AskAsync(FuseOpcode.ListXattr, inode, DispatcherHarness.Bytes(new GetXattrIn(14, 0)));
        var right = await harness.AskAsync(FuseOpcode.ListXattr, inode, DispatcherHarness.Bytes(new GetXattrIn(15, 0)));

        Assert.That(MemoryMarshal.Read<GetXattrOut>(probe.Body).Length, Is.EqualTo(15));
        Assert.That(small.Header.Error, Is.EqualTo(-Errno.ERANGE));
        Assert.That(right.Body, Is.EqualTo("user.a\0user.ö\0"u8.ToArray()));
    }

    [Test]
    public async Task A_directory_is_synced_under_its_own_handle()
    {
        using var harness = new DispatcherHarness();
        var open = MemoryMarshal.Read<OpenOut>(
            (await harness.AskAsync(FuseOpcode.OpenDir, Root, DispatcherHarness.Bytes(new OpenIn(0, 0)))).Body);

        var synced = await harness.AskAsync(FuseOpcode.FSyncDir, Root, DispatcherHarness.Bytes(new FSyncIn(open.Handle, 0, 0)));
        var unknown = await harness.AskAsync(FuseOpcode.FSyncDir, Root, DispatcherHarness.Bytes(new FSyncIn(open.Handle + 1, 0, 0)));

        Assert.That((synced.Header.Error, unknown.Header.Error), Is.EqualTo((0, -Errno.EBADF)));
    }

    // 1000 is whom everything belongs to here.
    [TestCase(1000u, 1000u, 0)]
    [TestCase(1001u, 1000u, -Errno.EPERM)]
    [TestCase(1000u, 1001u, -Errno.EPERM)]
    public async Task A_file_is_given_to_its_owner_and_to_nobody_else(uint user, uint group, int answer)
    {
        using var harness = new DispatcherHarness();
        harness.FileSystem.SetContent("f", ""u8);
        var message = new SetAttrIn
        {
            Valid = SetAttrFields.UserId | SetAttrFields.GroupId,
            UserId = user,
            GroupId = group,
        };

        var reply = await harness.AskAsync(
            FuseOpcode.SetAttr, harness.FileSystem.Locate("f").Inode.Value, DispatcherHarness.Bytes(message));

        Assert.That(reply.Header.Error, Is.EqualTo(answer));
    }

    [TestCase(8u)]
    [TestCase(32u)]
    [TestCase(64u)]
    public async Task Allocating_in_a_way_that_moves_or_shares_bytes_is_EOPNOTSUPP(uint mode)
    {
        using var harness = new DispatcherHarness();

        var reply = await harness.AskAsync(FuseOpcode.FAllocate, Root, DispatcherHarness.Bytes(new FAllocateIn(1, 0, 4096, mode, 0)));

        Assert.That(reply.Header.Error, Is.EqualTo(-Errno.EOPNOTSUPP));
    }

    [Test]
    public async Task An_interrupt_is_answered_EINTR_by_its_request_alone()
    {
        using var harness = new DispatcherHarness();
        harness.FileSystem.AddBlockingFile("slow");
        var inode = harness.FileSystem.Locate("slow").Inode.Value;
        var open = MemoryMarshal.Read<OpenOut>(
            (await harness.AskAsync(FuseOpcode.Open, inode, DispatcherHarness.Bytes(new OpenIn(0, 0)))).Body);
        var read = harness.DispatchAsync(
            DispatcherHarness.Message(FuseOpcode.Read, 8, inode, DispatcherHarness.Bytes(new ReadIn(open.Handle, 0, 4096, 0, 0, 0, 0))));
        Assert.That(read.IsCompleted, Is.False);

        await harness.DispatchAsync(DispatcherHarness.Message(FuseOpcode.Interrupt, 9, 0, DispatcherHarness.Bytes(new InterruptIn(8))));

        Assert.That(harness.ReadReply().Header, Is.EqualTo(new OutHeader(16, -Errno.EINTR, 8)));
        await read;
        Assert.That(harness.InFlight.Count, Is.Zero);
    }

    [Test]
    public async Task An_unexpected_failure_is_EIO()
    {
        using var harness = new DispatcherHarness(new BrokenFileSystem());

        Assert.That((await harness.AskAsync(FuseOpcode.StatFs, Root, [])).Header.Error, Is.EqualTo(-Errno.EIO));
        Assert.That(harness.InFlight.Count, Is.Zero);
    }

    [Test]
    public async Task A_closed_dispatcher_refuses_everything_and_asks_the_filesystem_nothing()
    {
        using var harness = new DispatcherHarness(new BrokenFileSystem());
        harness.Close();

        await harness.DispatchAsync(DispatcherHarness.Message(FuseOpcode.Forget, 2, Root, DispatcherHarness.Bytes(new ForgetIn(1))));

        Assert.That((await harness.AskAsync(FuseOpcode.StatFs, Root, [])).Header.Error, Is.EqualTo(-Errno.ENOTCONN));
    }

    [Test]
    public async Task A_warm_read_allocates_less_than_its_answer_is_long()
    {
        using var harness = new DispatcherHarness();
        harness.FileSystem.SetContent("f", new byte[65536]);
        var inode = harness.FileSystem.Locate("f").Inode.Value;
        var open = MemoryMarshal.Read<OpenOut>(
            (await harness.AskAsync(FuseOpcode.Open, inode, DispatcherHarness.Bytes(new OpenIn(0, 0)))).Body);
        var read = DispatcherHarness.Message(FuseOpcode.Read, 8, inode, DispatcherHarness.Bytes(new ReadIn(open.Handle, 0, 65536, 0, 0, 0, 0)));
        var before = 0L;
        for (var round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            _ = harness.DispatchAsync(read);
            before = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(harness.ReadReply().Body, Has.Length.EqualTo(65536));
        }

        Assert.That(before, Is.LessThan(1024));
    }
}
