using System.Diagnostics;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>The kernel may believe everything for ten minutes here, so what it learns sooner it learns by being told.</summary>
public sealed class NotificationTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private MemoryMountProcess? _mount;

    private MemoryMountProcess Mount => _mount!;

    [SetUp]
    public async Task StartMount()
    {
        FuseDeviceAccess.Require();
        _mount = await MemoryMountProcess.StartAsync(_directory.Path);
        await Mount.TellAsync("set", "f", "old text");
        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("old text"));
    }

    [TearDown]
    public async Task EndMount() => await Mount.DisposeAsync();

    [OneTimeTearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task Unasked_the_kernel_keeps_believing()
    {
        await Mount.TellAsync("set", "f", "new text");

        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("old text"));
    }

    [Test]
    public async Task Invalidated_content_is_read_again()
    {
        await Mount.TellAsync("set", "f", "new text, longer");
        await Mount.TellAsync("invalidate-content", "f");

        Assert.That(await Eventually.HoldsAsync(() => File.ReadAllText(At("f")) == "new text, longer", Deadline));
    }

    [Test]
    public async Task Invalidated_attributes_are_asked_for_again_while_pages_stay()
    {
        await Mount.TellAsync("set", "f", "OLD TEXT, longer");
        await Mount.TellAsync("invalidate-attributes", "f");

        Assert.That(await Eventually.HoldsAsync(() => new FileInfo(At("f")).Length == 16, Deadline));
    }

    [Test]
    public async Task An_invalidated_entry_is_looked_up_again()
    {
        await Mount.TellAsync("remove-and-invalidate", "f");

        Assert.That(await Eventually.HoldsAsync(() => !File.Exists(At("f")), Deadline));
    }

    [Test]
    public async Task Who_watches_a_file_hears_of_its_remote_deletion()
    {
        const string watch =
            """
            import ctypes, os, struct, sys
            libc = ctypes.CDLL(None)
            fd = libc.inotify_init()
            libc.inotify_add_watch(fd, sys.argv[1].encode(), 0x400)  # IN_DELETE_SELF
            print("watching", flush=True)
            print(hex(struct.unpack_from("iI", os.read(fd, 4096))[1]))
            """;
        var start = new ProcessStartInfo("python3", ["-c", watch, At("f")]) { RedirectStandardOutput = true };
        using var watcher = Process.Start(start)!;
        Assert.That(await watcher.StandardOutput.ReadLineAsync(), Is.EqualTo("watching"));

        await Mount.TellAsync("delete", "f");

        Assert.That(await watcher.StandardOutput.ReadLineAsync().WaitAsync(Deadline), Is.EqualTo("0x400"));
        Assert.That(File.Exists(At("f")), Is.False);
    }

    [Test]
    public async Task What_the_kernel_does_not_know_is_no_harm()
    {
        await Mount.TellAsync("invalidate-unknown");
        await Mount.TellAsync("set", "f", "new text");
        await Mount.TellAsync("invalidate-content", "f");

        Assert.That(await Eventually.HoldsAsync(() => File.ReadAllText(At("f")) == "new text", Deadline));
    }

    private string At(string name) => Path.Combine(_directory.Path, name);
}
