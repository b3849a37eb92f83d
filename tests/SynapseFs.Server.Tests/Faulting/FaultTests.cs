using System.Net;
using System.Text;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Faulting;

public sealed class FaultTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(new string('a', 100_000));

    private TestServer _test = null!;
    private string _url = "";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        var project = await _test.Owner.CreateProjectAsync();
        var file = await _test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Content);
        _url = await _test.Owner.DownloadUrlAsync(file);
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [TestCase(429)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    public async Task A_status_comes_as_often_as_was_asked(int status)
    {
        _test.Server.Faults.Add(new FaultRule { Path = "/repo/v1/vers*", Method = "GET", Status = status, Count = 2, Skip = 1 });

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((int)(await _test.Owner.SendAsync("GET", "/repo/v1/version")).Status);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 200, status, status, 200 }));
    }

    [Test]
    public async Task A_corrupt_byte_is_at_its_place_in_the_content_whatever_the_range()
    {
        _test.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, CorruptAt = 70_000, Count = 2 });

        var whole = await _test.Nobody.GetRangeAsync(_url, range: null);
        var range = await _test.Nobody.GetRangeAsync(_url, "bytes=69990-70009");
        var healed = await _test.Nobody.GetRangeAsync(_url, "bytes=69990-70009");

        Assert.Multiple(() =>
        {
            Assert.That(Wrong(whole.Bytes), Is.EqualTo(new[] { 70_000 }));
            Assert.That(Wrong(range.Bytes), Is.EqualTo(new[] { 10 }));
            Assert.That(Wrong(healed.Bytes), Is.Empty);
        });
    }

    [Test]
    public async Task A_truncated_body_looks_complete()
    {
        _test.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, TruncateAfter = 60_000, Count = 1 });

        var answer = await _test.Nobody.GetRangeAsync(_url, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Bytes, Has.Length.EqualTo(60_000));
            Assert.That(answer.Headers["Content-Length"], Is.EqualTo("60000"));
        });
    }

    [TestCase(0)]
    [TestCase(50_000)]
    public async Task A_reset_breaks_the_connection_and_is_logged(long after)
    {
        _test.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, ResetAfter = after, Count = 1 });
        _test.Server.Log.Reset();

        Assert.ThrowsAsync<HttpRequestException>(() => _test.Nobody.GetRangeAsync(_url, range: null));
        var logged = await _test.Server.Log.WaitAsync(request => request.Service == ServerService.Storage, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(logged.BytesSent, Is.EqualTo(after));
            Assert.That(logged.Status, Is.EqualTo(after == 0 ? 0 : 200));
        });
    }

    [Test]
    public async Task A_lost_answer_leaves_the_work_done()
    {
        _test.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/entity", LoseAnswer = true, Count = 1 });

        Assert.That(() => _test.Owner.CreateProjectAsync("lost"), Throws.InstanceOf<HttpRequestException>());
        var again = await _test.Owner.SendAsync("POST", "/repo/v1/entity", new System.Text.Json.Nodes.JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.Project",
            ["name"] = "lost",
        });

        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task An_expired_url_is_handed_out_on_demand()
    {
        _test.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, ExpireUrl = true, Count = 1 });

        var refused = await _test.Nobody.GetRangeAsync(_url, range: null);
        var served = await _test.Nobody.GetRangeAsync(_url, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(refused.Text, Does.Contain("Request has expired"));
            Assert.That(served.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task A_stalled_answer_ends_when_the_caller_gives_up()
    {
        _test.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, StallAfter = 1000, Count = 1 });
        _test.Server.Log.Reset();
        using var response = await _test.Nobody.Http.GetAsync(new Uri(_url), HttpCompletionOption.ResponseHeadersRead);
        await using (var stream = await response.Content.ReadAsStreamAsync())
        {
            await stream.ReadExactlyAsync(new byte[1000]);
        }

        var logged = await _test.Server.Log.WaitAsync(request => request.Service == ServerService.Storage, CancellationToken.None);

        Assert.That(logged.BytesSent, Is.EqualTo(1000));
    }

    [Test]
    public async Task A_delay_alone_comes_before_an_answer_that_is_whole()
    {
        _test.Server.Faults.Add(new FaultRule { Path = "/repo/v1/version", Delay = TimeSpan.FromMilliseconds(300), Count = 1 });
        var started = TimeProvider.System.GetTimestamp();

        var answer = await _test.Owner.SendAsync("GET", "/repo/v1/version");

        Assert.Multiple(() =>
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromMilliseconds(290)));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [TestCase(200_000, 300)]
    [TestCase(1_000_000, 60)]
    public async Task A_body_leaves_no_faster_than_it_may(long bytesPerSecond, int leastMilliseconds)
    {
        _test.Server.Faults.Add(new FaultRule { Target = FaultTarget.Storage, BytesPerSecond = bytesPerSecond, Count = 1 });
        var started = TimeProvider.System.GetTimestamp();

        var answer = await _test.Nobody.GetRangeAsync(_url, range: null);

        Assert.Multiple(() =>
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromMilliseconds(leastMilliseconds)));
            Assert.That(answer.Bytes, Is.EqualTo(Content));
        });
    }

    [Test]
    public async Task A_url_may_be_handed_out_that_has_already_expired()
    {
        var project = await _test.Owner.CreateProjectAsync("other");
        var file = await _test.Owner.CreateFileAsync("b.txt", (string)project["id"]!, Content);
        _test.Server.Faults.Add(new FaultRule { Path = "/file/v1/fileHandle/batch", ExpireUrl = true, Count = 1 });

        var stale = await _test.Nobody.GetRangeAsync(await _test.Owner.DownloadUrlAsync(file), range: null);
        var fresh = await _test.Nobody.GetRangeAsync(await _test.Owner.DownloadUrlAsync(file), range: null);

        Assert.Multiple(() =>
        {
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(stale.Text, Does.Contain("Request has expired"));
            Assert.That(fresh.Status, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    private static int[] Wrong(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length).Where(index => bytes[index] != (byte)'a')];
}
