using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Store.Tests.Support;
using SynapseFs.Vfs;

namespace SynapseFs.Store.Tests;

public sealed class StagingAreaTests
{
    private TemporaryCache _temporary = null!;
    private CacheDirectory _cache = null!;

    private StagingArea Staging => _cache.Staging;

    [SetUp]
    public void SetUp()
    {
        _temporary = new TemporaryCache();
        _cache = _temporary.Open();
        _cache.Nodes.WithRoot();
    }

    [TearDown]
    public void TearDown()
    {
        _cache.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void Each_file_has_a_number_of_its_own_which_opens_it_again()
    {
        var numbers = new List<long>();
        for (var i = 0; i < 200; i++)
        {
            using var file = Staging.Create();
            file.Write(0, [(byte)i]);
            numbers.Add(file.Number);
        }

        Assert.That(numbers, Is.Unique);
        Assert.That(Staging.Numbers(), Is.EquivalentTo(numbers));
        using var again = Staging.Open(numbers[70]);
        var bytes = new byte[10];
        Assert.That(again.Read(0, bytes), Is.EqualTo(1));
        Assert.That(bytes[0], Is.EqualTo(70));
    }

    [Test]
    public void Many_threads_get_different_numbers()
    {
        var numbers = new long[1000];

        Parallel.For(0, numbers.Length, i =>
        {
            using var file = Staging.Create();
            file.Sync();
            numbers[i] = file.Number;
        });

        Assert.That(numbers, Is.Unique);
    }

    [Test]
    public void A_number_is_never_used_again()
    {
        var first = Make();
        Staging.Delete(first);
        Assert.That(Make(), Is.GreaterThan(first));
        var last = Make();

        Reopen();

        Assert.That(Make(), Is.GreaterThan(last));
    }

    [Test]
    public async Task A_number_is_never_used_again_after_a_crash()
    {
        var numbers = Enumerable.Range(0, 100).Select(_ => Make()).ToList();
        foreach (var number in numbers)
            Staging.Delete(number);
        await _cache.Journal.SyncAsync();

        using var after = _temporary.Open(_temporary.CopyAsAfterCrash());
        using var file = after.Staging.Create();

        Assert.That(file.Number, Is.GreaterThan(numbers.Max()));
    }

    [Test]
    public void Numbers_go_on_above_what_a_row_names_though_the_count_was_lost()
    {
        _cache.Journal.Apply(new StateChange { Staged = [Rows.Staged(5000)] });

        Reopen();

        Assert.That(Make(), Is.GreaterThan(5000));
    }

    [Test]
    public void What_no_row_names_is_deleted_at_the_next_start()
    {
        var (named, below, unnamed) = (Make(), Make(), Make());
        _cache.Journal.Apply(new StateChange { Staged = [Rows.Staged(named) with { BaseStaged = below }] });

        Reopen();

        Assert.That(Staging.Numbers(), Is.EquivalentTo(new[] { named, below }));
        Assert.That(
            () => Staging.Open(unnamed),
            Throws.TypeOf<StoreException>().With.Property(nameof(StoreException.Failure)).EqualTo(StoreFailure.InputOutput));
        Assert.That(_cache.Repairs, Is.Empty);
    }

    [Test]
    public void A_deleted_file_stays_readable_for_who_has_it_open()
    {
        using var file = Staging.Create();
        file.Write(0, [1, 2, 3]);

        Staging.Delete(file.Number);

        Assert.That(file.Read(0, new byte[3]), Is.EqualTo(3));
        Assert.That(Staging.Numbers(), Is.Empty);
        Assert.That(() => Staging.Delete(file.Number), Throws.Nothing);
    }

    [Test]
    public async Task A_deleted_file_leaves_the_disk_when_the_change_that_let_go_of_it_is_synced()
    {
        var number = Make();
        _cache.Journal.Apply(new StateChange { Staged = [Rows.Staged(number)] });
        await _cache.Journal.SyncAsync();
        _cache.Journal.Apply(new StateChange { Unstaged = [number] });

        Staging.Delete(number);
        Assert.That(Staging.Numbers(), Is.Empty);
        await _cache.Journal.SyncAsync();

        Assert.That(File.Exists(_temporary.File($"staging/{number}")), Is.False);
    }

    [Test]
    [Platform("Linux")]
    public void Holes_take_no_room()
    {
        using var file = Staging.Create();

        file.Write(1L << 30, new byte[4096]);
        file.Sync();

        Assert.That(Staging.TotalBytes, Is.InRange(4096, 1 << 20));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [SupportedOSPlatform("linux"), SupportedOSPlatform("macos")]
    public void What_is_staged_is_its_owners_alone()
    {
        using var file = Staging.Create();

        Assert.That(File.GetUnixFileMode(file.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            File.GetUnixFileMode(Path.GetDirectoryName(file.Path)!),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Staged_bytes_are_moved_aside_when_the_database_is_damaged_or_gone(bool isDamaged)
    {
        var number = Make();
        Make();
        _cache.Journal.Apply(new StateChange { Staged = [Rows.Staged(number)] });
        _cache.Dispose();
        if (isDamaged)
            TemporaryCache.Overwrite(_temporary.File("state.db"), 0, "Not SQLite any more");
        else
            File.Delete(_temporary.File("state.db"));

        _cache = _temporary.Open();

        var aside = _temporary.File("rescued-20260301T120000Z");
        Assert.That(File.ReadAllText(Path.Combine(aside, $"{number}")), Is.EqualTo("bytes"));
        Assert.That(Staging.Numbers(), Is.Empty);
        Assert.That(_cache.Repairs, Has.Count.EqualTo(isDamaged ? 2 : 1));
        Assert.That(_cache.Repairs[^1], Does.Contain("2 files").And.Contain(aside));
        Assert.That(Make(), Is.GreaterThan(number));
        Reopen();
        Assert.That(_cache.Repairs, Is.Empty);
        Assert.That(Directory.GetFiles(aside), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_crash_between_the_new_database_and_the_moving_leaves_the_bytes_to_be_moved()
    {
        var number = Make();
        _cache.Journal.Apply(new StateChange { Staged = [Rows.Staged(number)] });
        _cache.Dispose();
        File.Delete(_temporary.File("state.db"));
        using (var state = new Store.Sqlite.SqliteFile(
            _temporary.Path, NodeTable.Layout, new RepairNotes(), _temporary.Time, NullLogger.Instance))
            Assert.That(state.IsNew, Is.True);

        _cache = _temporary.Open();

        Assert.That(Directory.GetFiles(_temporary.File("rescued-20260301T120000Z")), Has.Length.EqualTo(1));
    }

    [Test]
    public void Damage_met_in_use_moves_staged_bytes_aside_and_who_has_them_open_is_told()
    {
        var rows = Enumerable.Range(0, 500).Select(i => Rows.Child(InodeNumber.Root, $"f{i}", $"syn{i}"));
        _cache.Nodes.ApplyListing(InodeNumber.Root, [.. rows], [], [], [], Rows.Then);
        using (var before = Staging.Create())
            _cache.Journal.Apply(new StateChange { Staged = [Rows.Staged(before.Number)] });
        Reopen();
        _cache.Nodes.WithRoot();
        using var open = Staging.Create();
        open.Write(0, "bytes"u8);
        TemporaryCache.DamageAllPagesButTheFirst(_temporary.File("state.db"));

        var damage = Assert.Throws<StoreException>(() => _cache.Nodes.GetChildren(InodeNumber.Root));

        Assert.That(damage!.Failure, Is.EqualTo(StoreFailure.Damaged));
        Assert.That(damage.Message, Does.StartWith("state.db was damaged"));
        Assert.That(_cache.Repairs, Has.Count.EqualTo(2));
        Assert.That(_cache.Repairs[1], Does.Contain("2 files").And.Contain("rescued-"));
        Assert.That(File.ReadAllText(Path.Combine(_temporary.File("rescued-20260301T120000Z"), $"{open.Number}")), Is.EqualTo("bytes"));
        Action[] uses =
            [() => open.Write(5, "more"u8), open.Sync, () => open.SetLength(1), () => open.Punch(0, 1), () => open.Reserve(0, 1)];
        foreach (var use in uses)
            Assert.That(use, Throws.TypeOf<StoreException>().With.Property(nameof(StoreException.Failure)).EqualTo(StoreFailure.Damaged));
        using var fresh = Staging.Create();
        fresh.Write(0, "new"u8);
        fresh.Sync();
        Assert.That(fresh.Number, Is.GreaterThan(open.Number));
        Assert.That(Staging.Numbers(), Is.EqualTo(new[] { fresh.Number }));
    }

    private long Make()
    {
        using var file = Staging.Create();
        file.Write(0, "bytes"u8);
        return file.Number;
    }

    private void Reopen()
    {
        _cache.Dispose();
        _cache = _temporary.Open();
    }
}
