using SynapseFs.Crash.Tests.Ledgers;
using SynapseFs.Crash.Tests.Running;
using SynapseFs.Crash.Tests.Working;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Crash.Tests;

/// <summary>The proof of the proof: on a disk that keeps everything there is nothing to complain of, and any loss is found.</summary>
internal sealed class LedgerTests
{
    private const int Acts = 300;

    private TemporaryDirectory _directory = null!;
    private Ledger _ledger = null!;
    private WholeContents _contents = null!;

    [SetUp]
    public void Work()
    {
        _directory = new TemporaryDirectory();
        _contents = new WholeContents();
        _ledger = new Ledger(_contents);
        using var worker = new Worker(_directory.Path, _ledger, new CallTrace("w", TimeProvider.System), seed: 7);
        for (var act = 0; act < Acts; act++)
            worker.Act();
    }

    [TearDown]
    public void Remove() => _directory.Dispose();

    [Test]
    public void A_directory_that_keeps_everything_is_as_its_ledger_says()
    {
        Assert.That(Complaints(), Is.Empty);
        Assert.That(_ledger.Acknowledged, Is.GreaterThan(Acts));
        Assert.That(_ledger.Tree.Files, Is.Not.Empty);
        Assert.That(_ledger.Tree.Directories, Is.Not.Empty);
    }

    [Test]
    public void Every_single_loss_is_found([Values] bool isFile)
    {
        foreach (var path in isFile ? _ledger.Tree.Files : _ledger.Tree.Directories)
        {
            var aside = _directory.Path + ".aside";
            Directory.Move(At(path), aside);

            Assert.That(Complaints(), Has.Some.EqualTo($"{path} is lost"));

            Directory.Move(aside, At(path));
        }

        Assert.That(Complaints(), Is.Empty);
    }

    [Test]
    public void Every_changed_byte_is_found()
    {
        foreach (var path in _ledger.Tree.Files.Where(path => new FileInfo(At(path)).Length > 0))
        {
            var bytes = File.ReadAllBytes(At(path));
            var changed = bytes.ToArray();
            changed[^1] ^= 1;
            File.WriteAllBytes(At(path), changed);

            Assert.That(Complaints(), Has.Exactly(1).StartsWith($"{path} has other bytes from {bytes.Length - 1} on"));

            File.WriteAllBytes(At(path), bytes);
        }
    }

    [Test]
    public void What_was_not_written_is_found()
    {
        File.WriteAllText(At("intruder"), "");

        Assert.That(Complaints(), Is.EqualTo(new[] { "intruder has appeared" }));
    }

    [Test]
    public void A_change_in_flight_may_have_happened_or_not()
    {
        var path = _ledger.Tree.Files[0];
        _ledger.Begin(new Step.Rename(path, "elsewhere"));
        Assert.That(Complaints(), Is.Empty);

        File.Move(At(path), At("elsewhere"));
        Assert.That(Complaints(), Is.Empty);

        File.Delete(At("elsewhere"));
        Assert.That(Complaints(), Has.Some.StartsWith($"{path} is lost"));
    }

    [Test]
    public void Unacknowledged_bytes_may_be_there_or_not_and_no_others()
    {
        var path = _ledger.Tree.Files.First(path => new FileInfo(At(path)).Length > 10);
        var old = File.ReadAllBytes(At(path));
        _ledger.Write(_ledger.Tree.FileAt(path).Id, 2, [1, 2, 3]);
        byte[] half = [.. old[..2], 1, 2, .. old[4..]];

        File.WriteAllBytes(At(path), half);
        Assert.That(Complaints(), Is.Empty);

        half[^1] ^= 1;
        File.WriteAllBytes(At(path), half);
        Assert.That(Complaints(), Has.Exactly(1).Contains("was never written there"));
    }

    private IReadOnlyList<string> Complaints() => LedgerCheck.Check(_ledger.Copy(), _directory.Path).Complaints;

    private string At(string path) => _directory.Combine(path);
}
