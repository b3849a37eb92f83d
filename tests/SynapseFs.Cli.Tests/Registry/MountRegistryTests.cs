using SynapseFs.Cli.Registry;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Registry;

internal sealed class MountRegistryTests
{
    [Test]
    public void A_record_is_read_back_until_it_is_removed()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Combine("run"));

        registry.Add(Record(7));

        Assert.That(registry.Read(), Is.EqualTo(new[] { Record(7) }));
        Assert.That(registry.Find("/mnt/7"), Is.EqualTo(Record(7)));
        registry.Remove(7);
        Assert.That(registry.Read(), Is.Empty);
    }

    [Test]
    public void Nobody_else_may_look_at_the_records()
    {
        using var folder = new TemporaryDirectory();
        new MountRegistry(folder.Combine("run")).Add(Record(7));

        Assert.That(File.GetUnixFileMode(folder.Combine("run")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(folder.Combine("run", "mount-7.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_runtime_directory_that_is_a_symbolic_link_is_refused()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("elsewhere"));
        File.CreateSymbolicLink(folder.Combine("run"), folder.Combine("elsewhere"));

        Assert.That(() => new MountRegistry(folder.Combine("run")).Add(Record(7)), Throws.TypeOf<CliException>().With.Message.Contains("symbolic link"));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("{\"pid\":")]
    public void A_broken_record_is_passed_over(string text)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("mount-9.json"), text);

        Assert.That(new MountRegistry(folder.Path).Read(), Is.Empty);
    }

    [Test]
    public void Without_a_directory_there_are_no_mounts()
    {
        using var folder = new TemporaryDirectory();

        Assert.That(new MountRegistry(folder.Combine("nowhere")).Read(), Is.Empty);
    }

    internal static MountRecord Record(int pid) => new()
    {
        Mountpoint = $"/mnt/{pid}",
        Source = "syn1",
        SourceName = "Ünïcode's project",
        Pid = pid,
        ProcessStart = 1,
        Account = "ada",
        Endpoint = "http://127.0.0.1:7000/repo/v1",
        Since = DateTimeOffset.UnixEpoch,
        CacheDirectory = "/cache",
    };
}
