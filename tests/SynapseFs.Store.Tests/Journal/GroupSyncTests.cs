using SynapseFs.Store.Journal;

namespace SynapseFs.Store.Tests.Journal;

public sealed class GroupSyncTests
{
    [Test]
    public void Nothing_to_do_completes_at_once()
    {
        var flushes = 0;
        using var sync = new GroupSync(() => flushes++);

        Assert.That(sync.SyncAsync().AsTask().IsCompletedSuccessfully, Is.True);
        Assert.That(flushes, Is.Zero);
    }

    [Test]
    public async Task What_was_synced_is_not_synced_again()
    {
        var flushes = 0;
        using var sync = new GroupSync(() => flushes++);
        sync.Note();
        await sync.SyncAsync();

        Assert.That(sync.SyncAsync().AsTask().IsCompletedSuccessfully, Is.True);
        Assert.That(flushes, Is.EqualTo(1));
    }

    [Test]
    public async Task All_who_come_while_a_flush_runs_share_the_next_one()
    {
        using var disk = new SlowDisk();
        using var sync = new GroupSync(disk.Flush);
        sync.Note();
        var first = sync.SyncAsync().AsTask();
        disk.WaitForFlush();
        var others = Enumerable.Range(0, 50).Select(_ =>
        {
            sync.Note();
            return sync.SyncAsync().AsTask();
        }).ToList();

        disk.Release();
        await first;
        disk.WaitForFlush();
        Assert.That(others, Has.All.Property(nameof(Task.IsCompleted)).False);
        disk.Release();
        await Task.WhenAll(others);

        Assert.That(disk.Flushes, Is.EqualTo(2));
    }

    [Test]
    public async Task Who_changed_something_before_the_flush_began_shares_it_though_he_asks_later()
    {
        using var disk = new SlowDisk();
        using var sync = new GroupSync(disk.Flush);
        sync.Note();
        sync.Note();
        var first = sync.SyncAsync().AsTask();
        disk.WaitForFlush();
        var second = sync.SyncAsync().AsTask();

        disk.Release();
        await Task.WhenAll(first, second);

        Assert.That(disk.Flushes, Is.EqualTo(1));
    }

    [Test]
    public void A_flush_that_fails_is_an_error_to_all_who_wait_and_to_all_who_come_later()
    {
        using var disk = new SlowDisk { Failure = new StoreException(StoreFailure.InputOutput, "The disk is broken.") };
        using var sync = new GroupSync(disk.Flush);
        sync.Note();
        var first = sync.SyncAsync().AsTask();
        disk.WaitForFlush();
        sync.Note();
        var second = sync.SyncAsync().AsTask();

        disk.Release();

        Assert.That(async () => await first, Throws.TypeOf<StoreException>().With.Message.EqualTo("The disk is broken."));
        Assert.That(async () => await second, Throws.TypeOf<StoreException>());
        Assert.That(async () => await sync.SyncAsync(), Throws.TypeOf<StoreException>().With.Message.EqualTo("The disk is broken."));
        Assert.That(disk.Flushes, Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_to_come_after_a_sync_starts_one_and_comes_before_those_who_wait_go_on()
    {
        using var disk = new SlowDisk();
        using var sync = new GroupSync(disk.Flush);
        var done = 0;
        sync.Note();
        sync.Then(() => done++);
        disk.WaitForFlush();
        sync.Note();
        sync.Then(() => done += 10);
        var waiting = sync.SyncAsync().AsTask();
        Assert.That(done, Is.Zero);

        disk.Release();
        disk.WaitForFlush();
        Assert.That(done, Is.EqualTo(1));
        disk.Release();
        await waiting;

        Assert.That(done, Is.EqualTo(11));
        sync.Then(() => done += 100);
        Assert.That(done, Is.EqualTo(111), "there is nothing to wait for");
        Assert.That(disk.Flushes, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_to_come_after_a_sync_never_comes_when_that_fails()
    {
        using var disk = new SlowDisk { Failure = new StoreException(StoreFailure.InputOutput, "The disk is broken.") };
        using var sync = new GroupSync(disk.Flush);
        var done = 0;
        sync.Note();
        sync.Then(() => done++);
        var waiting = sync.SyncAsync().AsTask();
        disk.WaitForFlush();
        disk.Release();
        await Assert.ThatAsync(() => waiting, Throws.TypeOf<StoreException>());

        sync.Then(() => done++);

        Assert.That(done, Is.Zero);
    }

    [Test]
    public void What_can_never_be_written_any_more_is_an_error_to_who_waits_for_it()
    {
        using var disk = new SlowDisk();
        using var sync = new GroupSync(disk.Flush);
        sync.Note();
        var waiting = sync.SyncAsync().AsTask();
        disk.WaitForFlush();

        sync.Lose(new StoreException(StoreFailure.Damaged, "It is gone."));
        disk.Release();

        Assert.That(async () => await waiting, Throws.TypeOf<StoreException>().With.Message.EqualTo("It is gone."));
    }

    [Test]
    public async Task Nothing_is_lost_when_everything_was_synced()
    {
        using var sync = new GroupSync(() => { });
        sync.Note();
        await sync.SyncAsync();

        sync.Lose(new StoreException(StoreFailure.Damaged, "It is gone."));
        sync.Note();

        Assert.That(async () => await sync.SyncAsync(), Throws.Nothing);
    }

    /// <summary>Each flush takes until it is released.</summary>
    private sealed class SlowDisk : IDisposable
    {
        private readonly SemaphoreSlim _entered = new(0);
        private readonly SemaphoreSlim _released = new(0);

        public int Flushes { get; private set; }

        public StoreException? Failure { get; init; }

        public void Flush()
        {
            Flushes++;
            _entered.Release();
            _released.Wait();
            if (Failure is not null)
                throw Failure;
        }

        public void WaitForFlush() => Assert.That(_entered.Wait(TimeSpan.FromSeconds(30)), Is.True, "a flush began");

        public void Release() => _released.Release();

        public void Dispose()
        {
            _entered.Dispose();
            _released.Dispose();
        }
    }
}
