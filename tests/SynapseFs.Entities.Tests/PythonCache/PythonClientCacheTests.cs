using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Entities.PythonCache;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Entities.Tests.PythonCache;

internal sealed class PythonClientCacheTests
{
    private const string Handle = "91002";
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 100_000).Select(n => (byte)(n * 7))];
#pragma warning disable CA5351 // what the service and its client name contents by
    private static readonly string Md5 = Convert.ToHexStringLower(MD5.HashData(Bytes));
#pragma warning restore CA5351

    private TemporaryDirectory _directory = null!;
    private PythonClientCache _cache = null!;

    private string Home => _directory.Combine("2", Handle);

    private string Lock => Path.Combine(Home, ".cacheMap.lock");

    [SetUp]
    public void Start()
    {
        _directory = new TemporaryDirectory();
        _cache = new PythonClientCache(_directory.Path, registers: true, TimeProvider.System, NullLogger.Instance);
    }

    [TearDown]
    public void Stop() => _directory.Dispose();

    [Test]
    public async Task What_was_registered_is_read_in_any_range()
    {
        await RegisterAsync("reads.bam");

        Assert.That(await ReadAsync(0, null), Is.EqualTo(Bytes));
        Assert.That(await ReadAsync(70_000, 5), Is.EqualTo(Bytes[70_000..70_005]));
        Assert.That(await ReadAsync(99_990, null), Is.EqualTo(Bytes[99_990..]));
        Assert.That(Directory.GetFiles(Home).Select(Path.GetFileName), Is.EquivalentTo(new[] { ".cacheMap", "reads.bam" }));
        Assert.That(Directory.Exists(Lock), Is.False);
    }

    [Test]
    public async Task A_file_that_changed_is_not_used()
    {
        await RegisterAsync("reads.bam");
        var path = Path.Combine(Home, "reads.bam");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(2));
        Assert.That(await ReadAsync(0, null), Is.Null);

        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(-2));
        Assert.That(await ReadAsync(0, null), Is.EqualTo(Bytes));

        var time = File.GetLastWriteTimeUtc(path);
        await File.AppendAllTextAsync(path, "more");
        File.SetLastWriteTimeUtc(path, time);
        Assert.That(await ReadAsync(0, null), Is.Null);
    }

    [Test]
    public async Task Another_content_is_not_used_and_one_that_turned_out_wrong_not_again()
    {
        await RegisterAsync("reads.bam");
        Assert.That(await _cache.OpenRangeAsync(Handle, new string('0', 32), Bytes.Length, 0, null, default), Is.Null);

        _cache.Mistrust(Handle);

        Assert.That(await ReadAsync(0, null), Is.Null);
    }

    [Test]
    public async Task A_file_elsewhere_that_the_map_names_is_used()
    {
        var elsewhere = _directory.Combine("downloads", "reads.bam");
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere)!);
        await File.WriteAllBytesAsync(elsewhere, Bytes);
        await WriteMapAsync($$"""{"{{elsewhere}}": "{{CacheMap.TimeText(File.GetLastWriteTimeUtc(elsewhere))}}"}""");

        Assert.That(await ReadAsync(0, null), Is.EqualTo(Bytes));
    }

    [TestCase("..")]
    [TestCase("12a")]
    [TestCase("-1")]
    [TestCase("")]
    public async Task What_is_no_number_of_a_handle_has_no_copy(string handle)
    {
        Assert.That(_cache.DirectoryOf(handle), Is.Null);
        Assert.That(await _cache.OpenRangeAsync(handle, Md5, Bytes.Length, 0, null, default), Is.Null);
    }

    [Test]
    public async Task What_the_client_has_is_not_copied_again()
    {
        await RegisterAsync("reads.bam");
        await RegisterAsync("other.bam");

        Assert.That(Directory.GetFiles(Home).Select(Path.GetFileName), Is.EquivalentTo(new[] { ".cacheMap", "reads.bam" }));
    }

    [Test]
    public async Task Nothing_that_stands_there_is_replaced()
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "reads.bam"), "somebody's");

        await RegisterAsync("reads.bam");

        Assert.That(await File.ReadAllTextAsync(Path.Combine(Home, "reads.bam")), Is.EqualTo("somebody's"));
        Assert.That(Directory.GetFiles(Home), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Bytes_without_the_MD5_are_not_registered()
    {
        using var wrong = new MemoryStream([1, 2, 3]);
        await _cache.RegisterAsync(Handle, "reads.bam", Md5, 3, wrong, default);

        Assert.That(Directory.GetFiles(Home), Is.Empty);
    }

    [TestCase("../x")]
    [TestCase(".cacheMap")]
    [TestCase("")]
    public async Task A_name_that_is_none_is_not_used(string name)
    {
        await RegisterAsync(name);

        Assert.That(Directory.GetFileSystemEntries(_directory.Path), Is.Empty);
    }

    [Test]
    public async Task Whoever_holds_the_lock_is_waited_for()
    {
        Directory.CreateDirectory(Lock);
        var registering = RegisterAsync("reads.bam");
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        Assert.That(registering.IsCompleted, Is.False);
        await WriteMapAsync("""{"/elsewhere": "2024-03-01T17:05:09.000Z"}""");
        Directory.Delete(Lock);

        await registering;

        var map = await _cache.ReadMapAsync(Home, default);
        Assert.That(map.Files.Select(file => file.Path), Is.EquivalentTo(new[] { "/elsewhere", Path.Combine(Home, "reads.bam") }));
    }

    [Test]
    public async Task A_lock_of_more_than_ten_seconds_is_taken_over()
    {
        Directory.CreateDirectory(Lock);
        Directory.SetLastWriteTimeUtc(Lock, DateTime.UtcNow.AddSeconds(-11));

        await RegisterAsync("reads.bam");

        Assert.That(await ReadAsync(0, null), Is.EqualTo(Bytes));
        Assert.That(Directory.Exists(Lock), Is.False);
    }

    [Test]
    public async Task Many_at_once_lose_nothing_of_the_map()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            using var held = await CacheMapLock.TakeAsync(Made(Home), TimeProvider.System, default);
            var map = await _cache.ReadMapAsync(Home, default);
            map.Put(new CachedFile($"/{number}", "t", null));
            await Task.Delay(50);
            await WriteMapAsync(map.ToText());
        }));

        Assert.That((await _cache.ReadMapAsync(Home, default)).Files.Count(), Is.EqualTo(4));
    }

    private async Task RegisterAsync(string name)
    {
        using var whole = new MemoryStream(Bytes);
        await _cache.RegisterAsync(Handle, name, Md5, Bytes.Length, whole, default);
    }

    private async Task<byte[]?> ReadAsync(long offset, long? length)
    {
        await using var stream = await _cache.OpenRangeAsync(Handle, Md5, Bytes.Length, offset, length, default);
        if (stream is null)
            return null;
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }

    private async Task WriteMapAsync(string text) => await File.WriteAllTextAsync(Path.Combine(Made(Home), ".cacheMap"), text);

    private static string Made(string directory) => Directory.CreateDirectory(directory).FullName;
}
