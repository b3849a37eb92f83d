using SynapseFs.Api;
using SynapseFs.Client.Tests.Support;

namespace SynapseFs.Client.Tests.Downloads;

internal sealed class DownloadTests
{
    private readonly byte[] _content = new byte[300_000];
    private ScriptedServer _server = null!;
    private ScriptedStorage _storage = null!;
    private SynapseClient _client = null!;

    [SetUp]
    public async Task SetUp()
    {
        new Random(1).NextBytes(_content);
        _server = await ScriptedServer.StartAsync();
        _storage = new ScriptedStorage(_server, _content);
        _client = Clients.For(_server.Address, Clients.Quick with { StallTimeout = TimeSpan.FromMilliseconds(200) });
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [TestCase(0L, null)]
    [TestCase(0L, 10L)]
    [TestCase(1_000L, 200_000L)]
    [TestCase(299_999L, 1L)]
    [TestCase(299_990L, 1_000L)]
    [TestCase(300_000L, 10L)]
    [TestCase(400_000L, null)]
    [TestCase(5L, 0L)]
    public async Task A_range_is_read_as_far_as_the_content_goes(long offset, long? length)
    {
        var expected = _content.Skip((int)offset).Take((int)(length ?? int.MaxValue)).ToArray();

        Assert.That((await ReadAsync(offset, length)).AsSpan().SequenceEqual(expected), Is.True);
        Assert.That(_storage.Gets.Count(), Is.EqualTo(length == 0 ? 0 : 1));
    }

    [Test]
    public async Task The_storage_never_sees_the_token_nor_a_cookie()
    {
        await ReadAsync(0, 10);

        var get = _storage.Gets.Single();
        Assert.That(get.Headers.Keys, Has.None.EqualTo("Authorization").IgnoreCase.And.None.EqualTo("Cookie").IgnoreCase);
        Assert.That(get.Headers["Accept-Encoding"], Is.EqualTo("identity"));
    }

    [Test]
    public async Task A_broken_transfer_goes_on_behind_the_last_byte()
    {
        Break(times: 3, then: ScriptedStorage.End);

        Assert.That((await ReadAsync(100, 250_000)).AsSpan().SequenceEqual(_content.AsSpan()[100..250_100]), Is.True);
        Assert.That(_storage.Gets.Select(get => get.Headers["Range"]).ToList(),
            Is.EqualTo(new[] { "bytes=100-250099", "bytes=50100-250099", "bytes=100100-250099", "bytes=150100-250099" }));
        Assert.That(_storage.Batches, Is.EqualTo(1), "a lease still good is used again");
    }

    [Test]
    public async Task A_reset_connection_costs_no_byte_and_doubles_none()
    {
        Break(times: 3, then: ScriptedStorage.Abort);

        Assert.That((await ReadAsync(100, 250_000)).AsSpan().SequenceEqual(_content.AsSpan()[100..250_100]), Is.True);
    }

    [Test]
    public async Task A_stalled_transfer_goes_on_behind_the_last_byte()
    {
        Break(times: 1, then: ScriptedServer.UntilGoneAsync);

        Assert.That((await ReadAsync(0, null)).AsSpan().SequenceEqual(_content), Is.True);
    }

    [Test]
    public async Task Breaks_with_progress_between_them_may_be_as_many_as_they_like()
    {
        Break(times: 5, then: ScriptedStorage.End);

        Assert.That((await ReadAsync(0, 300_000)).AsSpan().SequenceEqual(_content), Is.True);
    }

    [Test]
    public void A_transfer_that_never_moves_ends_after_its_tries()
    {
        _storage.Serve = ScriptedStorage.Abort;

        Assert.That(() => ReadAsync(0, 10), Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Offline));
        Assert.That(_storage.Gets.Count(), Is.EqualTo(Clients.Quick.TransferAttempts));
    }

    [Test]
    public async Task An_expired_address_is_replaced_once_in_the_middle_of_a_read()
    {
        var served = 0;
        _storage.Serve = context => Interlocked.Increment(ref served) switch
        {
            1 => _storage.BreakAfterAsync(context, 1_000, ScriptedStorage.End),
            2 => ScriptedStorage.ForbiddenAsync(context),
            _ => _storage.RangeAsync(context),
        };

        Assert.That((await ReadAsync(0, 20_000)).AsSpan().SequenceEqual(_content.AsSpan()[..20_000]), Is.True);
        Assert.That(_storage.Batches, Is.EqualTo(2));
    }

    [Test]
    public void A_second_refusal_with_a_fresh_address_is_final()
    {
        _storage.Serve = ScriptedStorage.ForbiddenAsync;

        Assert.That(() => ReadAsync(0, 10), Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.Forbidden)
            .And.Message.Contains("AccessDenied").And.Message.Not.Contains(ScriptedStorage.Signature));
        Assert.That(_storage.Batches, Is.EqualTo(2));
    }

    [Test]
    public async Task A_lease_near_its_end_is_renewed_and_one_that_is_good_is_shared()
    {
        _storage.ExpiresInSeconds = 0;
        await ReadAsync(0, 10);
        await ReadAsync(10, 10);
        Assert.That(_storage.Batches, Is.EqualTo(2));

        _storage.ExpiresInSeconds = 30;
        await ReadAsync(0, 10);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ReadAsync(i, 10)));
        Assert.That(_storage.Batches, Is.EqualTo(3));
    }

    [Test]
    public async Task One_file_wanted_by_many_is_asked_for_once()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => ReadAsync(i, 100)));

        Assert.That(all.Select((bytes, i) => bytes.AsSpan().SequenceEqual(_content.AsSpan(i, 100))), Has.All.True);
        Assert.That(_storage.Batches, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_files_wanted_at_once_go_into_few_calls()
    {
        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => ReadAsync(0, 10, $"{1000 + i}")));

        Assert.That(_storage.Gets.Count(), Is.EqualTo(120));
        Assert.That(_storage.Batches, Is.LessThanOrEqualTo(6));
        Assert.That(_server.Requests.Where(request => request.Path.EndsWith("/batch", StringComparison.Ordinal)).Select(
            request => request.Text.Split("fileHandleId\"").Length - 1),
            Has.All.LessThanOrEqualTo(100));
    }

    [TestCase("UNAUTHORIZED", SynapseFailure.Forbidden)]
    [TestCase("NOT_FOUND", SynapseFailure.NotFound)]
    public async Task A_refused_file_does_not_harm_the_others_of_its_batch(string code, SynapseFailure failure)
    {
        _storage.Failures["7"] = code;
        var refused = ReadAsync(0, 10, "7");
        var good = ReadAsync(0, 10, "8");

        Assert.That(async () => await refused,
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(failure).And.Message.Contains("7"));
        Assert.That(await good, Is.EqualTo(_content[..10]));
    }

    [TestCase(SynapseTypes.ExternalFileHandle, "file:///etc/passwd")]
    [TestCase(SynapseTypes.ExternalFileHandle, "ftp://host/x")]
    [TestCase(SynapseTypes.ExternalObjectStoreFileHandle, "https://store/x")]
    public void Contents_elsewhere_are_refused_in_a_sentence(string type, string address)
    {
        (_storage.ConcreteType, _storage.Address) = (type, _ => address);

        Assert.That(() => ReadAsync(0, 10), Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.NotSupported)
            .And.Message.Contains("cannot read"));
    }

    [Test]
    public async Task A_file_behind_a_proxy_is_read_at_the_address_that_Synapse_signed()
    {
        _storage.ConcreteType = SynapseTypes.ProxyFileHandle;

        Assert.That((await ReadAsync(100, 50)).AsSpan().SequenceEqual(_content.AsSpan()[100..150]), Is.True);
    }

    [Test]
    public async Task A_server_without_ranges_is_skipped_forward()
    {
        (_storage.ConcreteType, _storage.Serve) = (SynapseTypes.ExternalFileHandle, _storage.WholeAsync);

        Assert.That((await ReadAsync(70_000, 10)).AsSpan().SequenceEqual(_content.AsSpan()[70_000..70_010]), Is.True);
        Assert.That((await ReadAsync(299_000, 5_000)).AsSpan().SequenceEqual(_content.AsSpan()[299_000..]), Is.True);
    }

    [Test]
    public async Task An_answer_cut_short_with_a_matching_length_is_noticed_by_the_recorded_size()
    {
        _storage.ContentSize = _content.Length;
        var served = 0;
        _storage.Serve = context => Interlocked.Increment(ref served) > 1 ? _storage.RangeAsync(context) : CutAsync(context);

        Assert.That((await ReadAsync(0, null)).AsSpan().SequenceEqual(_content), Is.True);

        Task CutAsync(Microsoft.AspNetCore.Http.HttpContext context)
        {
            context.Response.ContentLength = 1_000;
            return context.Response.Body.WriteAsync(_content.AsMemory(0, 1_000)).AsTask();
        }
    }

    [Test]
    public async Task A_redirected_web_address_is_followed()
    {
        _storage.Address = id => $"{_server.Address}storage/{id}/old";
        _storage.Serve = context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/old", StringComparison.Ordinal))
                return _storage.RangeAsync(context);
            context.Response.Redirect("new");
            return Task.CompletedTask;
        };

        Assert.That((await ReadAsync(5, 5)).AsSpan().SequenceEqual(_content.AsSpan()[5..10]), Is.True);
    }

    [Test]
    public void Content_that_changes_while_it_is_read_is_an_error()
    {
        var served = 0;
        _storage.Serve = context =>
        {
            context.Response.Headers.ETag = $"\"{Interlocked.Increment(ref served)}\"";
            return served == 1 ? _storage.BreakAfterAsync(context, 1_000, ScriptedStorage.End)
                : _storage.BreakAfterAsync(context, 300_000, ScriptedStorage.End);
        };

        Assert.That(() => ReadAsync(0, 20_000), Throws.TypeOf<SynapseException>().With.Message.Contains("changed"));
    }

    [Test]
    public async Task Handles_without_addresses_are_no_download()
    {
        var associations = Enumerable.Range(0, 150).Select(i => Association($"{i}")).ToList();

        var results = await _client.Downloads.GetFileHandlesAsync(associations, RequestPriority.Background, default);

        Assert.That(results.Select(result => result.FileHandleId),
            Is.EqualTo(associations.Select(association => association.FileHandleId)));
        Assert.That(_server.Requests.Select(request => request.Text), Has.All.Contains("\"includePreSignedURLs\":false"));
        Assert.That(_storage.Batches, Is.EqualTo(2));
    }

    [Test]
    public async Task A_cancelled_read_gives_its_transfer_slot_back()
    {
        _storage.Serve = ScriptedServer.UntilGoneAsync;
        await using var client = Clients.For(_server.Address, Clients.Quick with { StorageTransfers = 1 });
        using var giveUp = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        _storage.Serve = context =>
        {
            waiting.TrySetResult();
            return ScriptedServer.UntilGoneAsync(context);
        };
        var stuck = client.Downloads.OpenRangeAsync(Association("1"), 0, 10, RequestPriority.Interactive, giveUp.Token);
        await waiting.Task;
        _storage.Serve = _storage.RangeAsync;

        await giveUp.CancelAsync();

        Assert.That(async () => await stuck, Throws.InstanceOf<OperationCanceledException>());
        await using var next = await client.Downloads.OpenRangeAsync(Association("1"), 0, 10, RequestPriority.Interactive, default);
        Assert.That(await BytesAsync(next), Is.EqualTo(_content[..10]));
    }

    private void Break(int times, Func<Microsoft.AspNetCore.Http.HttpContext, Task> then)
    {
        var served = 0;
        _storage.Serve = context => Interlocked.Increment(ref served) <= times
            ? _storage.BreakAfterAsync(context, 50_000, then)
            : _storage.RangeAsync(context);
    }

    private async Task<byte[]> ReadAsync(long offset, long? length, string fileHandle = "1")
    {
        await using var stream = await _client.Downloads.OpenRangeAsync(Association(fileHandle), offset, length,
            RequestPriority.Interactive, default);
        return await BytesAsync(stream);
    }

    private static async Task<byte[]> BytesAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static FileHandleAssociation Association(string id) =>
        new() { FileHandleId = id, AssociateObjectId = "syn1", AssociateObjectType = "FileEntity" };
}
