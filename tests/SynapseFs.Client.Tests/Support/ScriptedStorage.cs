using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SynapseFs.Client.Tests.Support;

/// <summary>
/// A service that hands out addresses and a storage that honours them, on one scripted server; a test replaces what it wants broken.
/// </summary>
internal sealed class ScriptedStorage
{
    public const string Signature = "signature-0cc175b9c0";

    private readonly ScriptedServer _server;
    private int _addresses;

    public ScriptedStorage(ScriptedServer server, byte[] content)
    {
        _server = server;
        Content = content;
        Serve = RangeAsync;
        server.Answer = context => context.Request.Path == "/file/v1/fileHandle/batch" ? BatchAsync(context) : Serve(context);
    }

    public byte[] Content { get; }

    public int ExpiresInSeconds { get; set; } = 30;

    public string ConcreteType { get; set; } = Api.SynapseTypes.S3FileHandle;

    public long? ContentSize { get; set; }

    /// <summary>Answers a GET of an address.</summary>
    public Func<HttpContext, Task> Serve { get; set; }

    public Func<string, string>? Address { get; set; }

    /// <summary>Handles whose batch entry is a failure code.</summary>
    public Dictionary<string, string> Failures { get; } = [];

    public int Batches => _server.CountOf("/fileHandle/batch");

    public IEnumerable<ScriptedRequest> Gets =>
        _server.Requests.Where(request => request.Method == "GET" && request.Path.StartsWith("/storage/", StringComparison.Ordinal));

    public async Task RangeAsync(HttpContext context)
    {
        var (from, to) = RangeOf(context);
        context.Response.Headers.ETag = "\"e1\"";
        if (from >= Content.Length)
        {
            context.Response.StatusCode = 416;
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{Content.Length}");
            return;
        }
        Head(context, from, to);
        await context.Response.Body.WriteAsync(Content.AsMemory(from, to - from + 1));
    }

    /// <summary>A right head, then only some of the bytes.</summary>
    public async Task BreakAfterAsync(HttpContext context, int bytes, Func<HttpContext, Task> then)
    {
        var (from, to) = RangeOf(context);
        Head(context, from, to);
        await context.Response.Body.WriteAsync(Content.AsMemory(from, Math.Min(bytes, to - from + 1)));
        await context.Response.Body.FlushAsync();
        await then(context);
    }

    public Task WholeAsync(HttpContext context)
    {
        context.Response.ContentLength = Content.Length;
        return context.Response.Body.WriteAsync(Content.AsMemory()).AsTask();
    }

    public static Task ForbiddenAsync(HttpContext context)
    {
        context.Response.StatusCode = 403;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(
            $"<Error><Code>AccessDenied</Code><Message>Request has expired</Message><StringToSign>{Signature}</StringToSign></Error>");
    }

    /// <summary>The connection ends in order, however much was promised; all that was sent arrives.</summary>
    public static Task End(HttpContext context) => Task.CompletedTask;

    /// <summary>The connection is reset; what was sent last may be lost.</summary>
    public static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private void Head(HttpContext context, int from, int to)
    {
        context.Response.StatusCode = context.Request.Headers.Range.Count > 0 ? 206 : 200;
        context.Response.ContentLength = to - from + 1;
        if (context.Response.StatusCode == 206)
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{Content.Length}");
    }

    private (int From, int To) RangeOf(HttpContext context)
    {
        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single();
        return ((int)(range?.From ?? 0), (int)Math.Min(range?.To ?? int.MaxValue, Content.Length - 1));
    }

    private Task BatchAsync(HttpContext context)
    {
        using var request = JsonDocument.Parse((byte[])context.Items["body"]!);
        var answers = request.RootElement.GetProperty("requestedFiles").EnumerateArray().Select(
            file => Result(file.GetProperty("fileHandleId").GetString()!));
        return ScriptedServer.JsonAsync(context, 201, $$"""{"requestedFiles":[{{string.Join(',', answers)}}]}""");
    }

    private string Result(string id)
    {
        if (Failures.TryGetValue(id, out var code))
            return $$"""{"fileHandleId":"{{id}}","failureCode":"{{code}}"}""";
        var address = Address?.Invoke(id)
            ?? $"{_server.Address}storage/{id}?n={Interlocked.Increment(ref _addresses)}&X-Amz-Signature={Signature}"
            + $"&X-Amz-Date={DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}&X-Amz-Expires={ExpiresInSeconds}";
        var size = ContentSize is { } length ? $""","contentSize":{length}""" : "";
        return $$"""{"fileHandleId":"{{id}}","fileHandle":{"id":"{{id}}","concreteType":"{{ConcreteType}}"{{size}}},"preSignedURL":"{{address}}"}""";
    }
}
