using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Client.Tests.Support;
using SynapseFs.Server;

namespace SynapseFs.Client.Tests.Integration;

internal sealed class TransferTests
{
    private readonly byte[] _content = new byte[(9 << 20) + 7];
    private EmbeddedWorld _world = null!;
    private FileHandleAssociation _file = null!;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        new Random(3).NextBytes(_content);
        _world = await EmbeddedWorld.StartAsync(Clients.Quick with { StallTimeout = TimeSpan.FromMilliseconds(300) });
        _file = await _world.AddFileAsync("big.bin", _content);
    }

    [SetUp]
    public async Task Calm()
    {
        _world.Server.Faults.Clear();
        await _world.ForgetRequestsAsync();
    }

    [OneTimeTearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public async Task What_was_uploaded_comes_back_whole_and_in_ranges()
    {
        Assert.That(SHA256.HashData(await _world.ReadAsync(_file, 0, null)), Is.EqualTo(SHA256.HashData(_content)));
        Assert.That((await _world.ReadAsync(_file, 5_000_000, 1_000)).AsSpan().SequenceEqual(_content.AsSpan(5_000_000, 1_000)), Is.True);
        Assert.That(await _world.ReadAsync(_file, _content.Length, 10), Is.Empty);
    }

    [Test]
    public async Task The_same_content_is_uploaded_once()
    {
        using var stream = new MemoryStream(_content);

        var id = await _world.Client.Uploads.UploadAsync(stream, new UploadDescription("big.bin", "text/plain", 1), RequestPriority.Upload,
            null, default);

        Assert.That(id, Is.EqualTo(_file.FileHandleId));
        Assert.That((await _world.TotalsAsync()).StorageBytesReceived, Is.Zero);
    }

    [Test]
    public async Task The_same_content_uploaded_several_times_at_once_goes_up_once()
    {
        var bytes = new byte[(17 << 20) + 1];
        new Random(4).NextBytes(bytes);

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => UploadAsync(_world.Client, bytes)));

        Assert.That(ids.Distinct(), Has.Exactly(1).Items);
        Assert.That((await _world.TotalsAsync()).StorageBytesReceived, Is.EqualTo(bytes.Length));
    }

    [Test]
    public async Task Another_client_of_the_account_that_uploads_the_same_is_no_obstacle()
    {
        await using var other = _world.Connect(_world.Server.FirstUser.Token);
        for (var seed = 5; seed < 25; seed++)
        {
            var bytes = new byte[1000];
            new Random(seed).NextBytes(bytes);

            var ids = await Task.WhenAll(UploadAsync(_world.Client, bytes), UploadAsync(other, bytes));

            Assert.That(ids[0], Is.EqualTo(ids[1]));
        }
    }

    [Test]
    public Task A_connection_reset_in_the_middle_costs_nothing() =>
        HoldsUnder(new FaultRule { Target = FaultTarget.Storage, Method = "GET", ResetAfter = 3_000_000, Count = 3 });

    [Test]
    public Task A_body_cut_short_is_completed() =>
        HoldsUnder(new FaultRule { Target = FaultTarget.Storage, Method = "GET", TruncateAfter = 3_000_000, Count = 2 });

    [Test]
    public Task A_stalled_body_is_completed() =>
        HoldsUnder(new FaultRule { Target = FaultTarget.Storage, Method = "GET", StallAfter = 3_000_000, Count = 2 });

    [Test]
    public Task A_storage_in_trouble_is_asked_again() =>
        HoldsUnder(new FaultRule { Target = FaultTarget.Storage, Method = "GET", Status = 503, Count = 2 });

    [Test]
    public async Task Addresses_that_run_out_while_a_file_is_read_are_replaced()
    {
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Method = "GET", ResetAfter = 3_000_000, Count = 1 });
        await HoldsUnder(new FaultRule { Target = FaultTarget.Storage, Method = "GET", ExpireUrl = true, Count = 1 });
    }

    [Test]
    public async Task A_file_read_by_many_at_once_is_one_download()
    {
        var file = await _world.AddFileAsync("many.txt", _content[..1000]);
        await _world.ForgetRequestsAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _world.ReadAsync(file, i, 100, (RequestPriority)(i % 2))));

        Assert.That((await _world.TotalsAsync()).DownloadEvents, Is.EqualTo(1));
    }

    [Test]
    public async Task Looking_at_handles_is_no_download()
    {
        var results = await _world.Client.Downloads.GetFileHandlesAsync([_file], RequestPriority.Background, default);

        Assert.That(results.Single().FileHandle!.ContentSize, Is.EqualTo(_content.Length));
        Assert.That((await _world.TotalsAsync()).DownloadEvents, Is.Zero);
    }

    [TestCase("/file/v1/file/multipart/*/add/1")]
    [TestCase("/file/v1/file/multipart/*/complete")]
    [TestCase("/file/v1/file/multipart")]
    public async Task An_upload_survives_a_lost_answer(string path)
    {
        var content = RandomNumberGenerator.GetBytes(8_500_000);
        var rule = _world.Server.Faults.Add(new FaultRule { Path = path, LoseAnswer = true, Count = 1 });

        var file = await _world.AddFileAsync($"lost {Guid.NewGuid():N}", content);

        Assert.That(_world.Server.Faults.TimesApplied(rule), Is.EqualTo(1));
        Assert.That((await _world.ReadAsync(file, 0, null)).AsSpan().SequenceEqual(content), Is.True);
    }

    [Test]
    public async Task An_upload_survives_parts_that_break()
    {
        var content = RandomNumberGenerator.GetBytes(17_000_000);
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, Method = "PUT", Status = 503, Count = 2 });

        var file = await _world.AddFileAsync("broken parts", content);

        Assert.That((await _world.ReadAsync(file, 0, null)).AsSpan().SequenceEqual(content), Is.True);
    }

    [Test]
    public async Task Nothing_secret_is_logged()
    {
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, ResetAfter = 100, Count = 1 });
        _world.Server.Faults.Add(new FaultRule { Target = FaultTarget.Api, Status = 503, Count = 1 });
        await _world.ReadAsync(_file, 0, null);

        Assert.That(_world.Log.Text, Does.Contain("try 2").And.Not.Contain(_world.Server.FirstUser.Token).And.Not.Contain("Signature"));
    }

    private async Task HoldsUnder(FaultRule fault)
    {
        var rule = _world.Server.Faults.Add(fault);

        var bytes = await _world.ReadAsync(_file, 0, null);

        Assert.That(_world.Server.Faults.TimesApplied(rule), Is.EqualTo(fault.Count));
        Assert.That(bytes.AsSpan().SequenceEqual(_content), Is.True);
    }

    private static async Task<string> UploadAsync(SynapseClient client, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await client.Uploads.UploadAsync(stream, new UploadDescription("same.bin", "text/plain", 1), RequestPriority.Upload, null, default);
    }
}
