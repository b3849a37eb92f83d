using SynapseFs.Client.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Client.Tests.Uploads;

internal sealed class UploadTests
{
    private static readonly UploadDescription Description = new("data.bin", "application/octet-stream", 1);

    private readonly byte[] _content = new byte[(20 << 20) + 3];
    private ScriptedServer _server = null!;
    private ScriptedUploads _uploads = null!;
    private SynapseClient _client = null!;

    [OneTimeSetUp]
    public void Fill() => new Random(2).NextBytes(_content);

    [SetUp]
    public async Task SetUp()
    {
        _server = await ScriptedServer.StartAsync();
        _uploads = new ScriptedUploads(_server);
        _client = Clients.For(_server.Address);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_file_goes_up_in_parts_and_its_request_is_the_official_clients()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("x");
        await File.WriteAllBytesAsync(path, _content);
        var reported = new Reports();

        var id = await _client.Uploads.UploadAsync(path, Description, RequestPriority.Upload, reported, default);

        Assert.That(id, Is.EqualTo("138"));
        Assert.That(_uploads.Holds(_content), Is.True);
        Assert.That(_uploads.StartBody, Does.Contain("\"partSizeBytes\":8388608").And.Contain("\"generatePreview\":true")
            .And.Contain("\"concreteType\":\"org.sagebionetworks.repo.model.file.MultipartUploadRequest\""));
        var puts = _server.Requests.Where(request => request.Path.StartsWith("/part/", StringComparison.Ordinal)).ToList();
        Assert.That(puts.Select(put => put.Headers["Content-Length"]), Is.EquivalentTo(new[] { "8388608", "8388608", "4194307" }));
        Assert.That(puts.Select(put => (put.Headers["Content-Type"], put.Headers["x-amz-acl"])),
            Has.All.EqualTo(("application/octet-stream", "private")));
        Assert.That(puts.SelectMany(put => put.Headers.Keys), Has.None.EqualTo("Authorization"));
        Assert.That(reported.Last, Is.EqualTo(_content.Length));
    }

    [Test]
    public async Task Parts_that_are_there_already_are_not_sent_again()
    {
        _uploads.Added[1] = _content[..(8 << 20)];
        _uploads.Added[3] = _content[(16 << 20)..];

        await UploadAsync();

        Assert.That(_uploads.Holds(_content), Is.True);
        Assert.That(new[] { 1, 2, 3 }.Select(_uploads.PutsOf), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [Test]
    public async Task A_finished_upload_is_found_without_sending_a_byte()
    {
        await UploadAsync();
        var before = _server.Requests.Count;

        Assert.That(await UploadAsync(), Is.EqualTo("138"));
        Assert.That(_server.Requests, Has.Count.EqualTo(before + 1));
    }

    [Test]
    public async Task A_part_whose_transfer_breaks_is_sent_again()
    {
        Once(context => context.Request.Path == "/part/2", context => context.Abort());

        await UploadAsync();

        Assert.That(_uploads.Holds(_content), Is.True);
        Assert.That(_uploads.PutsOf(2), Is.GreaterThan(1));
    }

    [Test]
    public async Task A_refused_address_is_replaced()
    {
        Once(context => context.Request.Path == "/part/3", context => context.Response.StatusCode = 403);

        await UploadAsync();

        Assert.That(_uploads.Holds(_content), Is.True);
        Assert.That(_server.CountOf("presigned/url/batch"), Is.EqualTo(2));
    }

    [Test]
    public async Task Bytes_damaged_on_the_way_are_noticed_when_confirmed_and_sent_again()
    {
        Once(context => context.Request.Path == "/part/1", context => context.Items["body"] = new byte[8 << 20], answered: false);

        await UploadAsync();

        Assert.That(_uploads.Holds(_content), Is.True);
        Assert.That(_uploads.PutsOf(1), Is.EqualTo(2));
    }

    [Test]
    public async Task A_confirmation_whose_answer_is_lost_makes_the_part_go_up_again()
    {
        var served = _server.Answer;
        var lost = 0;
        _server.Answer = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/add/2", StringComparison.Ordinal) || Interlocked.Exchange(ref lost, 1) == 1)
            {
                await served(context);
                return;
            }
            context.Response.Body = new MemoryStream();
            await served(context);
            context.Abort();
        };

        await UploadAsync();

        Assert.That(_uploads.Holds(_content), Is.True);
        Assert.That(_uploads.PutsOf(2), Is.EqualTo(2));
    }

    [Test]
    public async Task A_part_that_fell_back_before_completion_is_filled_in()
    {
        Once(context => context.Request.Path.Value!.EndsWith("/complete", StringComparison.Ordinal),
            _ => _uploads.Added.TryRemove(2, out var _), answered: false);

        Assert.That(await UploadAsync(), Is.EqualTo("138"));
        Assert.That(_uploads.Holds(_content), Is.True);
    }

    [Test]
    public void An_empty_file_is_refused_before_any_call()
    {
        using var empty = new MemoryStream();

        Assert.That(() => _client.Uploads.UploadAsync(empty, Description, RequestPriority.Upload, null, default),
            Throws.TypeOf<SynapseException>().With.Message.Contains("empty"));
        Assert.That(_server.Requests, Is.Empty);
    }

    [Test]
    public async Task A_file_that_changes_while_it_goes_up_is_not_completed()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("x");
        await File.WriteAllBytesAsync(path, _content);
        Once(context => context.Request.Path == "/part/1", _ => File.AppendAllText(path, "more"), answered: false);

        Assert.That(() => _client.Uploads.UploadAsync(path, Description, RequestPriority.Upload, null, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.LocalFile).And.Message.Contains("changed"));
        Assert.That(_uploads.IsComplete, Is.False);
    }

    [Test]
    public async Task A_known_md5_is_taken_as_it_is()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("x");
        await File.WriteAllBytesAsync(path, _content);
        var md5 = new string('a', 32);

        var id = await _client.Uploads.UploadAsync(path, md5, Description, RequestPriority.Upload, null, default);

        Assert.That(id, Is.EqualTo("138"));
        Assert.That(_uploads.StartBody, Does.Contain(md5));
        Assert.That(_uploads.Holds(_content), Is.True);
    }

    [Test]
    public async Task A_known_md5_that_is_wrong_is_found_out_where_that_costs_nothing()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("x");
        await File.WriteAllBytesAsync(path, _content[..1000]);

        Assert.That(
            () => _client.Uploads.UploadAsync(path, new string('a', 32), Description, RequestPriority.Upload, null, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.LocalFile));
        Assert.That(_uploads.IsComplete, Is.False);
    }

    [Test]
    public void A_file_that_is_not_there_is_no_trouble_of_the_service()
    {
        using var directory = new TemporaryDirectory();

        Assert.That(
            () => _client.Uploads.UploadAsync(directory.Combine("none"), Description, RequestPriority.Upload, null, default),
            Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.LocalFile).And.Message.Contains("'none'"));
    }

    [Test]
    public void A_part_that_is_never_accepted_ends_the_upload_without_its_address_in_the_message()
    {
        _uploads.Before = context =>
        {
            var isPart = context.Request.Path == "/part/2";
            if (isPart)
                context.Response.StatusCode = 500;
            return Task.FromResult(isPart);
        };

        Assert.That(UploadAsync,
            Throws.TypeOf<SynapseException>().With.Message.Contains("Part 2").And.Message.Not.Contains(ScriptedStorage.Signature));
    }

    private async Task<string> UploadAsync()
    {
        using var content = new MemoryStream(_content);
        return await _client.Uploads.UploadAsync(content, Description, RequestPriority.Upload, null, default);
    }

    private void Once(Func<Microsoft.AspNetCore.Http.HttpContext, bool> fits, Action<Microsoft.AspNetCore.Http.HttpContext> act,
        bool answered = true)
    {
        var done = 0;
        _uploads.Before = context =>
        {
            if (!fits(context) || Interlocked.Exchange(ref done, 1) == 1)
                return Task.FromResult(false);
            act(context);
            return Task.FromResult(answered);
        };
    }

    private sealed class Reports : IProgress<long>
    {
        private long _last;

        public long Last => Interlocked.Read(ref _last);

        public void Report(long value) => Interlocked.Exchange(ref _last, Math.Max(value, Last));
    }
}
