using System.Runtime.Versioning;
using SynapseFs.Store.Tests.Support;

namespace SynapseFs.Store.Tests;

public sealed class CacheDirectoryTests
{
    private TemporaryCache _temporary = null!;

    [SetUp]
    public void SetUp() => _temporary = new TemporaryCache();

    [TearDown]
    public void TearDown() => _temporary.Dispose();

    [Test]
    public void A_directory_in_use_is_refused_with_holder_and_remedy()
    {
        _temporary.Open();

        var refusal = Assert.Throws<StoreException>(() => _temporary.Open())!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.Busy));
        Assert.That(refusal.Message, Does.Contain(_temporary.Path).And.Contain($"process {Environment.ProcessId}").And.Contain("--cache-dir"));
    }

    [Test]
    public void A_closed_directory_can_be_opened_again()
    {
        _temporary.Open().Dispose();

        Assert.That(_temporary.Open().Repairs, Is.Empty);
    }

    [Test]
    public void A_lock_file_left_behind_by_a_dead_process_is_no_lock()
    {
        Directory.CreateDirectory(_temporary.Path);
        File.WriteAllText(_temporary.File("lock"), "");
        File.WriteAllText(_temporary.File("pid"), "4194304000");

        Assert.That(() => _temporary.Open(), Throws.Nothing);
    }

    [Test]
    public void A_failed_opening_leaves_no_lock()
    {
        Directory.CreateDirectory(_temporary.File("state.db"));
        Assert.Throws<StoreException>(() => _temporary.Open());
        Directory.Delete(_temporary.File("state.db"));

        Assert.That(() => _temporary.Open(), Throws.Nothing);
    }

    [Test]
    public void A_file_in_place_of_the_directory_is_refused()
    {
        File.WriteAllText(_temporary.Path, "");

        var refusal = Assert.Throws<StoreException>(() => _temporary.Open())!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.NotADirectory));
        Assert.That(refusal.Message, Does.Contain(_temporary.Path).And.Contain("--cache-dir"));
    }

    [Test]
    public void A_file_in_place_of_a_parent_is_refused()
    {
        File.WriteAllText(_temporary.Path, "");

        var refusal = Assert.Throws<StoreException>(() => _temporary.Open(Path.Combine(_temporary.Path, "below")))!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.NotADirectory));
        Assert.That(refusal.Message, Does.Contain(_temporary.Path));
    }

    [Test]
    [Platform("Linux")]
    public void A_place_where_nobody_can_write_is_refused()
    {
        var refusal = Assert.Throws<StoreException>(() => _temporary.Open("/proc/synapsefs-cache"))!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.NotWritable));
        Assert.That(refusal.Message, Does.Contain("/proc/synapsefs-cache").And.Contain("--cache-dir"));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [SupportedOSPlatform("linux"), SupportedOSPlatform("macos")]
    public void A_directory_without_write_permission_is_refused()
    {
        Assume.That(Environment.UserName, Is.Not.EqualTo("root"), "root may write everywhere");
        Directory.CreateDirectory(_temporary.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var refusal = Assert.Throws<StoreException>(() => _temporary.Open())!;

        Assert.That(refusal.Failure, Is.EqualTo(StoreFailure.NotWritable));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [SupportedOSPlatform("linux"), SupportedOSPlatform("macos")]
    public void Everything_is_its_owners_alone()
    {
        var cache = _temporary.Open();
        using (var content = cache.Contents.Open(new ContentKey("a", null), 2000))
            content.Write(0, new byte[1024]);

        var files = Directory.GetFiles(_temporary.Path, "*", SearchOption.AllDirectories);
        var directories = Directory.GetDirectories(_temporary.Path, "*", SearchOption.AllDirectories).Append(_temporary.Path);

        Assert.That(files, Has.Length.GreaterThanOrEqualTo(4));
        Assert.That(files.Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            directories.Select(File.GetUnixFileMode),
            Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void Without_blocks_db_no_content_file_is_left()
    {
        using (var cache = _temporary.Open())
        using (var content = cache.Contents.Open(new ContentKey("a", null), 2000))
            content.Write(0, new byte[1024]);
        File.Delete(_temporary.File("blocks.db"));

        using var again = _temporary.Open();

        Assert.That(_temporary.ContentFiles(), Is.Empty);
        Assert.That(again.Contents.TotalBytes, Is.Zero);
    }
}
