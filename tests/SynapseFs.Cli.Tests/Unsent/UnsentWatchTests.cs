using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Unsent;
using SynapseFs.Core;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Unsent;

internal sealed class UnsentWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private TemporaryDirectory _folder = null!;
    private PendingSummary _pending = PendingSummary.None;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryDirectory();
        _pending = PendingSummary.None;
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task While_a_mount_runs_its_note_is_there_with_numbers_seconds_old()
    {
        await using var watch = Watch();
        Assert.That(Read(), Is.Null, "nothing waits");

        _pending = new PendingSummary(3, 1, 7, 2048);
        bool IsTold() => Read() is { Changes: 4, Blocked: 1, Bytes: 2048, IsRunning: true };
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.That(await HoldsAfterASecondAsync(IsTold), Is.True);
    }

    [Test]
    public async Task What_is_local_for_good_is_no_change_that_waits()
    {
        _pending = new PendingSummary(0, 0, 7, 0);

        await using (Watch())
            Assert.That(Read(), Is.Null);

        Assert.That(Read(), Is.Null);
    }

    [Test]
    public async Task The_end_of_a_mount_tells_the_exact_numbers()
    {
        _pending = new PendingSummary(1, 0, 0, 0);

        await using (Watch())
            _pending = new PendingSummary(12, 0, 0, 100);

        Assert.That(Read()!.Changes, Is.EqualTo(12));
    }

    [Test]
    public async Task What_a_mount_before_left_is_cleared_when_nothing_waits()
    {
        UnsentNote.Of(new PendingSummary(1, 0, 0, 0), "T", _folder.Path, new MountRequest { Mountpoint = "/mnt" }, _time.GetUtcNow()).Write();

        await using (Watch())
            Assert.That(Read(), Is.Null);
    }

    [Test]
    public async Task A_directory_that_cannot_be_written_hurts_nobody()
    {
        Directory.CreateDirectory(_folder.Combine("unsent.json"));
        _pending = new PendingSummary(1, 0, 0, 0);

        await using (Watch())
            Assert.That(Read(), Is.Null);
    }

    [Test]
    public void A_person_is_told_where_the_changes_are_and_how_to_have_them_sent()
    {
        var request = new MountRequest { Source = "syn1", Mountpoint = "/mnt/x", Offline = true, ReadOnly = true, CacheDirectory = "/c d" };

        var one = UnsentNote.Of(new PendingSummary(1, 0, 0, 0), "sample (syn1)", "/c d", request, _time.GetUtcNow());
        var many = UnsentNote.Of(new PendingSummary(10, 2, 0, 1 << 20), "sample (syn1)", "/c d", request, _time.GetUtcNow());

        Assert.That(one.ToSentence(), Is.EqualTo(
            "1 change of sample (syn1) is kept in /c d and waits for the next mount: synapsefs mount --cache-dir '/c d' syn1 /mnt/x"));
        Assert.That(many.ToSentence(), Does.StartWith("12 changes (1 MiB, 2 blocked) of sample (syn1) are kept in /c d and wait for"));
    }

    [Test]
    public void Caches_are_known_wherever_they_lie()
    {
        var known = new KnownCaches(_folder.Combine("caches"), _folder.Combine("state"));
        Assert.That(known.List(), Is.Empty);
        foreach (var directory in new[] { "caches/one", "caches/two", "elsewhere", "gone" })
            known.Remember(Directory.CreateDirectory(_folder.Combine(directory)).FullName);

        Directory.Delete(_folder.Combine("gone"));

        Assert.That(known.List(), Is.EquivalentTo(new[] { _folder.Combine("caches/one"), _folder.Combine("caches/two"), _folder.Combine("elsewhere") }));
    }

    private UnsentWatch Watch() => new(
        _folder.Path, () => _pending,
        pending => UnsentNote.Of(pending, "T", _folder.Path, new MountRequest { Mountpoint = "/mnt" }, _time.GetUtcNow()), _time, NullLogger.Instance);

    private UnsentNote? Read() => UnsentNote.Read(_folder.Path);

    private async Task<bool> HoldsAfterASecondAsync(Func<bool> condition)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return await Eventually.HoldsAsync(condition, Patience);
    }
}
