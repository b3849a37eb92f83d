using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>Programs that people use, on plain paths.</summary>
public sealed class ToolTests
{
    private readonly MountFixture _mount = new();
    private string _here = "";

    [OneTimeSetUp]
    public Task Mount() => _mount.StartAsync("--sample");

    [OneTimeTearDown]
    public async Task Unmount() => await _mount.DisposeAsync();

    [SetUp]
    public void MakeFolder() => _here = Directory.CreateDirectory(Path.Combine(_mount.Root, $"tool-{Guid.NewGuid():N}")).FullName;

    [Test]
    public async Task Git_commits_clones_and_finds_nothing_wrong()
    {
        var said = await RunAsync(
            "git",
            """
            git init -q repo && cd repo && git config user.email t@example.org && git config user.name T
            cp -r ../../reads . && git add -A && git commit -qm first && git gc -q && git fsck --strict
            cd .. && git clone -q repo clone && diff --no-dereference -r repo/reads clone/reads && git -C clone status --porcelain | wc -l
            """);

        Assert.That(said, Does.EndWith("0"));
    }

    [Test]
    public async Task Tar_packs_and_unpacks_the_same_tree() =>
        await RunAsync("tar", "tar -C .. -cf t.tar reads A.txt a.txt && mkdir out && tar -C out -xpf t.tar && diff --no-dereference -r ../reads out/reads");

    [Test]
    public async Task Rsync_copies_once_and_then_has_nothing_to_do() => Assert.That(
        await RunAsync("rsync", "rsync -a ../reads/ out/ && rsync -a --itemize-changes ../reads/ out/ | wc -l && diff --no-dereference -r ../reads out"),
        Is.EqualTo("0"));

    [TestCase("delete")]
    [TestCase("wal")]
    public async Task Sqlite_writes_reads_and_finds_its_file_whole(string journal) => Assert.That(
        await RunAsync(
            "sqlite3",
            $"""
             sqlite3 d.db "pragma journal_mode={journal}; create table t(a); begin;
               with recursive c(x) as (select 1 union all select x+1 from c where x<20000) insert into t select hex(randomblob(50)) from c; commit;"
             sqlite3 d.db "pragma integrity_check; select count(*) from t;"
             """),
        Does.EndWith("ok\n20000"));

    [Test]
    public async Task Python_maps_and_grep_searches() => Assert.That(
        await RunAsync(
            "python3",
            "python3 -c \"import mmap; f = open('../reads/large.bin','rb'); m = mmap.mmap(f.fileno(), 0, prot=1); print(len(m))\" && grep -rl hello ../reads | wc -l"),
        Is.EqualTo("3000001\n1"));

    private async Task<string> RunAsync(string program, string script)
    {
        if ((await Command.RunAsync("which", [program])).ExitCode != 0)
            Assert.Ignore($"{program} is not installed.");
        return (await Command.ShellAsync($"set -e; cd '{_here}'\n{script}")).Text;
    }
}
