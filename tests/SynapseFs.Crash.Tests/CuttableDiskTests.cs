using SynapseFs.Crash.Tests.Ledgers;
using SynapseFs.Crash.Tests.Running;
using SynapseFs.Crash.Tests.Working;

namespace SynapseFs.Crash.Tests;

/// <summary>The disk whose power fails keeps what was synced and nothing for certain beyond.</summary>
internal sealed class CuttableDiskTests
{
    private CuttableDisk _disk = null!;

    [SetUp]
    public async Task Mount() => _disk = await CuttableDisk.StartAsync(lies: false);

    [TearDown]
    public async Task Unmount() => await _disk.DisposeAsync();

    [Test]
    public async Task What_was_synced_outlives_a_cut_and_what_came_later_may_not()
    {
        var isChanged = 0;
        for (var round = 0; round < 20; round++)
        {
            var path = Path.Combine(_disk.Path, $"file {round}");
            await WriteAsync(path, "synced", sync: true);
            await _disk.CutAsync(round);
            Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("synced"));

            await WriteAsync(path, "SYNCED", sync: false);
            await _disk.CutAsync(round);
            var left = await File.ReadAllTextAsync(path);
            Assert.That(left, Is.AnyOf("synced", "SYNCED"));
            isChanged += left == "SYNCED" ? 1 : 0;
        }

        Assert.That(isChanged, Is.InRange(1, 19));
    }

    [Test]
    public async Task Names_come_back_in_their_order()
    {
        var seen = new HashSet<int>();
        for (var round = 0; round < 30; round++)
        {
            var folder = Path.Combine(_disk.Path, $"folder {round}");
            for (var number = 0; number < 4; number++)
                Directory.CreateDirectory(Path.Combine(folder, $"{number}"));
            await _disk.CutAsync(round);

            var left = Directory.Exists(folder) ? Directory.GetDirectories(folder).Select(Path.GetFileName).Order().ToList() : [];
            Assert.That(left, Is.EqualTo(Enumerable.Range(0, left.Count).Select(number => $"{number}")));
            seen.Add(left.Count);
        }

        Assert.That(seen, Has.Count.GreaterThan(2));
    }

    [Test]
    public async Task A_program_that_does_not_sync_is_found_to_lose()
    {
        var complaints = 0;
        for (var round = 0; round < 5; round++)
        {
            var ledger = new Ledger(new WholeContents());
            var folder = Directory.CreateDirectory(Path.Combine(_disk.Path, $"w{round}")).FullName;
            using (var worker = new Worker(folder, ledger, new CallTrace("w", TimeProvider.System), round))
            {
                for (var act = 0; act < 30; act++)
                    worker.Act();
            }

            await _disk.CutAsync(round);
            complaints += Directory.Exists(folder) ? LedgerCheck.Check(ledger.Copy(), folder).Complaints.Count : 1;
        }

        Assert.That(complaints, Is.GreaterThan(5));
    }

    [Test]
    public async Task A_database_is_whole_after_every_cut()
    {
        var database = Path.Combine(_disk.Path, "d.db");
        for (var round = 0; round < 5; round++)
        {
            var written = await Testing.Processes.Command.ShellAsync(
                $"sqlite3 {database} 'pragma journal_mode=wal; pragma synchronous=full; create table if not exists t(n); insert into t values({round});'");
            await _disk.CutAsync(round);
            var told = await Testing.Processes.Command.ShellAsync($"sqlite3 {database} 'pragma integrity_check; select group_concat(n) from t'");

            Assert.That(written.ExitCode, Is.Zero, written.ToString());
            Assert.That(told.Text, Is.EqualTo($"ok\n{string.Join(',', Enumerable.Range(0, round + 1))}"));
        }
    }

    private static async Task WriteAsync(string path, string text, bool sync)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: sync);
    }
}
