using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Old versions of a file, read and restored with cp.</summary>
[TestFixture]
internal sealed class VersionTests : MountFixture
{
    private string _file = null!;

    protected override async Task FillAsync() => _file = await World.AddFileAsync("a.txt", "one\n"u8.ToArray());

    [SetUp]
    public Task Make_a_second_version() =>
        SentAsync("setfattr -n user.stage -v raw a.txt; echo second > a.txt; setfattr -n user.stage -v cooked a.txt");

    [Test]
    public async Task Old_versions_are_read_only_files_with_their_size_and_attributes()
    {
        Assert.That(await SentAsync("ls .synapse/of/a.txt/versions; cat .synapse/of/a.txt/versions/1/a.txt .synapse/of/a.txt/versions/2/a.txt"),
            Is.EqualTo("1\n2\none\nsecond"));
        Assert.That(
            await SentAsync("cd .synapse/of/a.txt/versions; stat -c '%s %A' 1/a.txt; getfattr --only-values -n user.synapse.version 1/a.txt"),
            Is.EqualTo("4 -r--r--r--\n1"));
        Assert.That(await SentAsync("cd .synapse/of/a.txt/versions; ! echo x 2>&1 > 1/a.txt; ! rm -f 1/a.txt 2>&1; ! mkdir 9 2>&1; cat 1/a.txt"),
            Does.EndWith("one"));
    }

    [Test]
    public async Task A_version_made_here_is_among_the_versions_as_soon_as_it_is_sent()
    {
        Assert.That(await ShellAsync("cd .synapse/of/a.txt; ls versions; ls -d versions/3 2>&1 || true"), Does.StartWith("1\n2\n").And.Contain("No such file"));
        await ShellAsync("echo three > a.txt");
        await Mount.WaitAsync();

        Assert.That(await ShellAsync("cd .synapse/of/a.txt; cat versions/3/a.txt; ls versions"), Is.EqualTo("three\n1\n2\n3"));
    }

    [Test]
    public async Task Copying_an_old_version_over_the_file_restores_it_and_moves_no_bytes()
    {
        var from = World.Server.Log.Requests[^1].Number;

        await SentAsync("cp .synapse/of/a.txt/versions/1/a.txt a.txt");

        var transfers = World.Server.Log.Requests.Where(
            request => request.Number > from && request.Path.StartsWith("/s3/", StringComparison.Ordinal));
        Assert.That(transfers, Is.Empty);
        Assert.That(await SentAsync("cat a.txt; ls .synapse/of/a.txt/versions | tail -1"), Is.EqualTo("one\n3"));
        var entity = await World.Client.Entities.GetAsync(_file, null, RequestPriority.Interactive, default);
        Assert.That(entity.VersionNumber, Is.EqualTo(3));
    }

    [Test]
    public async Task A_copy_of_an_old_version_outlives_its_file()
    {
        await SentAsync("cp .synapse/of/a.txt/versions/1/a.txt old.txt; rm a.txt");

        Assert.That(await SentAsync("ls; cat old.txt"), Is.EqualTo("old.txt\none"));
    }

    // In the mount; afterwards everything is sent.
    private async Task<string> SentAsync(string script)
    {
        var said = await ShellAsync(script);
        await Mount.WaitAsync();
        return said;
    }
}
