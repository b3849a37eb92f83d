using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

public sealed class ListingTests
{
    private const int Files = 12_000;

    [TestCase("")]
    [TestCase("--no-details")]
    public async Task Twelve_thousand_names_are_listed_once_each_with_their_attributes(string option)
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        await using var mount = await MemoryMountProcess.StartAsync(
            directory.Path, ["--files", $"{Files}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        var listed = await Command.ShellAsync($"ls -l '{directory}/many' | awk 'NR > 1 {{ print $5, $NF }}' | sort -k2");

        Assert.That(listed.Lines, Has.Length.EqualTo(Files));
        Assert.That(listed.Lines, Is.Unique);
        Assert.That(listed.Lines[11], Is.EqualTo("3 file-000011.txt"));
    }

    [Test]
    public async Task Listing_leaves_no_references_once_the_kernel_has_forgotten()
    {
        if (!FuseDeviceAccess.IsRoot)
            Assert.Ignore("Only root can make the kernel forget.");
        using var directory = new TemporaryDirectory();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--files", "3000");
        await Command.ShellAsync($"find '{directory}' -ls; rm -r '{directory}/many'");

        var forgotten = await Eventually.HoldsAsync(
            async () =>
            {
                await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "2");
                return await mount.TellAsync("nodes") == "1";
            },
            TimeSpan.FromSeconds(20));

        Assert.That(forgotten, await mount.TellAsync("nodes"));
        Assert.That(await mount.TellAsync("handles"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Statx_tells_the_birth_time()
    {
        using var directory = new TemporaryDirectory();
        FuseDeviceAccess.Require();
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await using var mount = await MemoryMountProcess.StartAsync(directory.Path, "--sample");

        var told = await Command.ShellAsync($"touch -d 2001-01-01 '{directory}/a.txt'; stat -c '%W %Y' '{directory}/a.txt'");

        var words = told.Text.Split(' ');
        Assert.That(long.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(before, before + 60));
        Assert.That(words[1], Does.StartWith("978"));
    }
}
