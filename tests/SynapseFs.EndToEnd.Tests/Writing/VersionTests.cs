using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Old versions of a file, read and restored with cp.</summary>
[TestFixture]
internal sealed class VersionTests
{
    private World _world = null!;
    private Mount _mount = null!;
    private string _file = null!;

    [SetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _file = await _world.AddFileAsync("a.txt", "one\n"u8.ToArray());
        _mount = await _world.MountAsync("--settle", "200ms");
        await ShellAsync("setfattr -n user.stage -v raw a.txt; echo second > a.txt; setfattr -n user.stage -v cooked a.txt");
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Old_versions_are_read_only_files_with_their_size_and_attributes()
    {
        Assert.That(await ShellAsync("ls .synapse/of/a.txt/versions; cat .synapse/of/a.txt/versions/1/a.txt .synapse/of/a.txt/versions/2/a.txt"),
            Is.EqualTo("1\n2\none\nsecond"));
        Assert.That(
            await ShellAsync("cd .synapse/of/a.txt/versions; stat -c '%s %A' 1/a.txt; getfattr --only-values -n user.synapse.version 1/a.txt"),
            Is.EqualTo("4 -r--r--r--\n1"));
        Assert.That(await ShellAsync("cd .synapse/of/a.txt/versions; ! echo x 2>&1 > 1/a.txt; ! rm -f 1/a.txt 2>&1; ! mkdir 9 2>&1; cat 1/a.txt"),
            Does.EndWith("one"));
    }

    [Test]
    public async Task Copying_an_old_version_over_the_file_restores_it_and_moves_no_bytes()
    {
        var from = _world.Server.Log.Requests[^1].Number;

        await ShellAsync("cp .synapse/of/a.txt/versions/1/a.txt a.txt");

        var transfers = _world.Server.Log.Requests.Where(
            request => request.Number > from && request.Path.StartsWith("/s3/", StringComparison.Ordinal));
        Assert.That(transfers, Is.Empty);
        Assert.That(await ShellAsync("cat a.txt; ls .synapse/of/a.txt/versions | tail -1"), Is.EqualTo("one\n3"));
        var entity = await _world.Client.Entities.GetAsync(_file, null, RequestPriority.Interactive, default);
        Assert.That(entity.VersionNumber, Is.EqualTo(3));
    }

    [Test]
    public async Task A_copy_of_an_old_version_outlives_its_file()
    {
        await ShellAsync("cp .synapse/of/a.txt/versions/1/a.txt old.txt; rm a.txt");

        Assert.That(await ShellAsync("ls; cat old.txt"), Is.EqualTo("old.txt\none"));
    }

    // In the mount; afterwards everything is sent.
    private async Task<string> ShellAsync(string script)
    {
        var result = await Command.ShellAsync($"set -eu; export LC_ALL=C.UTF-8; cd '{_mount.Mountpoint}'\n{script}");
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{_mount.Said}");
        await _mount.WaitAsync();
        return result.Output.Trim();
    }
}
