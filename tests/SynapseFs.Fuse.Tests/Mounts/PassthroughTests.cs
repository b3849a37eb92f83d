using System.IO.MemoryMappedFiles;
using System.Runtime.Versioning;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>
/// What the kernel permits of files that it reads itself. The local file has other bytes than the filesystem, so that it shows who
/// has read.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class PassthroughTests
{
    private const string Here = "from the filesystem";
    private const string There = "from the local file";

    private readonly TemporaryDirectory _directory = new();
    private MemoryMountProcess? _mount;

    private MemoryMountProcess Mount => _mount!;

    [TearDown]
    public async Task EndMount()
    {
        if (_mount is not { } mount)
            return;
        _mount = null;
        Assert.That(await mount.TerminateAsync(), Is.Zero);
        await mount.DisposeAsync();
    }

    [OneTimeTearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task What_is_backed_is_read_by_the_kernel_itself()
    {
        await StartAsync();

        Assert.That(File.ReadAllText(At("f")), Is.EqualTo(There));
        using var mapped = MemoryMappedFile.CreateFromFile(At("f"), FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = mapped.CreateViewStream(0, There.Length, MemoryMappedFileAccess.Read);
        using var text = new StreamReader(view);
        Assert.That(text.ReadToEnd(), Is.EqualTo(There));
    }

    [Test]
    public async Task Switched_off_everything_is_read_from_the_filesystem()
    {
        await StartAsync("--no-passthrough");

        Assert.That(File.ReadAllText(At("f")), Is.EqualTo(Here));
    }

    [Test]
    public async Task Without_the_right_everything_is_silently_read_from_the_filesystem()
    {
        using var user = await OrdinaryUser.FindAsync();
        if (!FuseDeviceAccess.IsRoot)
            Assert.Ignore("Needs a second user.");
        var mountpoint = await user.MakeDirectoryAsync("m");
        await using var mount = await MemoryMountProcess.StartAsync(
            mountpoint, (IReadOnlyList<string>)[.. user.Become, user.Program, mountpoint]);
        await mount.TellAsync("set", "f", Here);
        Assert.That(await mount.TellAsync("back", "f", (await user.RunAsync("readlink", "-f", "/etc/passwd")).Text), Is.EqualTo("ok"));

        Assert.That((await user.RunAsync("cat", $"{mountpoint}/f")).Text, Is.EqualTo(Here));
    }

    [Test]
    public async Task All_readers_at_one_time_share_the_file_and_then_it_is_let_go()
    {
        await StartAsync();
        using (var first = File.OpenText(At("f")))
        {
            using var second = File.OpenText(At("f"));
            first.Dispose();
            using var third = File.OpenText(At("f"));
            Assert.That(second.ReadToEnd() + third.ReadToEnd(), Is.EqualTo(There + There));
        }

        await Mount.TellAsync("back", "f");

        Assert.That(await Eventually.HoldsAsync(() => File.ReadAllText(At("f")) == Here, TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Who_comes_without_the_file_is_refused_while_others_read_it_and_nothing_stays_open()
    {
        await StartAsync();
        using (var reader = File.OpenText(At("f")))
        {
            var written = await Command.ShellAsync($"echo x >> {At("f")}");

            Assert.That(written.Error, Does.Contain("busy"));
            Assert.That(reader.ReadToEnd(), Is.EqualTo(There));
        }

        Assert.That(await Eventually.HoldsAsync(async () => await Mount.TellAsync("handles") == "0", TimeSpan.FromSeconds(10)));
        File.AppendAllText(At("f"), "!");
        await Mount.TellAsync("back", "f");
        Assert.That(File.ReadAllText(At("f")), Is.EqualTo(Here + "!"));
    }

    [Test]
    public async Task While_somebody_reads_from_the_filesystem_so_do_all_others()
    {
        await StartAsync();
        await Mount.TellAsync("back", "f");
        using (var plain = File.OpenText(At("f")))
        {
            await Mount.TellAsync("back", "f", Local);
            using var other = File.OpenText(At("f"));

            Assert.That(plain.ReadToEnd() + other.ReadToEnd(), Is.EqualTo(Here + Here));
        }

        Assert.That(await Eventually.HoldsAsync(() => File.ReadAllText(At("f")) == There, TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task A_map_shows_the_same_after_its_file_was_closed_unlinked_and_opened_otherwise()
    {
        await StartAsync();
        using var mapped = MemoryMappedFile.CreateFromFile(At("f"), FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = mapped.CreateViewStream(0, There.Length, MemoryMappedFileAccess.Read);
        await Mount.TellAsync("back", "f");
        File.Delete(Local);
        File.Delete(At("f"));

        using var text = new StreamReader(view);
        Assert.That(text.ReadToEnd(), Is.EqualTo(There));
    }

    private string Local => Path.Combine(_directory.Path, "local");

    private async Task StartAsync(params string[] options)
    {
        FuseDeviceAccess.Require();
        if (options.Length == 0 && !(FuseDeviceAccess.IsRoot && Environment.OSVersion.Version >= new Version(6, 9)))
            Assert.Ignore("Needs CAP_SYS_ADMIN and Linux 6.9.");
        await File.WriteAllTextAsync(Local, There);
        Directory.CreateDirectory(At(""));
        _mount = await MemoryMountProcess.StartAsync(At(""), options);
        await Mount.TellAsync("set", "f", Here);
        await Mount.TellAsync("back", "f", Local);
    }

    private string At(string name) => Path.Combine(_directory.Path, "mnt", name).TrimEnd('/');
}
