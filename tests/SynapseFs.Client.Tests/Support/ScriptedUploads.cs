using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SynapseFs.Client.Tests.Support;

/// <summary>The multipart protocol as files.md tells it, for one upload; a test breaks what it wants by answering first.</summary>
internal sealed class ScriptedUploads
{
    private readonly ScriptedServer _server;
    private readonly ConcurrentDictionary<int, byte[]> _staged = new();
    private int _addresses;

    public ScriptedUploads(ScriptedServer server)
    {
        _server = server;
        server.Answer = async context =>
        {
            if (Before is null || !await Before(context))
                await ServeAsync(context);
        };
    }

    /// <summary>True: it has answered.</summary>
    public Func<HttpContext, Task<bool>>? Before { get; set; }

    public ConcurrentDictionary<int, byte[]> Added { get; } = new();

    public string? StartBody { get; private set; }

    public bool IsComplete { get; private set; }

    public int Count { get; private set; }

    public bool Holds(byte[] content)
    {
        long at = 0;
        foreach (var (_, part) in Added.OrderBy(part => part.Key))
        {
            if (!content.AsSpan((int)at).StartsWith(part))
                return false;
            at += part.Length;
        }
        return at == content.Length;
    }

    public int PutsOf(int part) => _server.Requests.Count(request => request.Method == "PUT" && request.Path == $"/part/{part}");

    private Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var body = (byte[])context.Items["body"]!;
        return path switch
        {
            "/file/v1/file/multipart" => StartAsync(context, body),
            "/file/v1/file/multipart/4711/presigned/url/batch" => AddressesAsync(context, body),
            "/file/v1/file/multipart/4711/complete" => CompleteAsync(context),
            _ when path.StartsWith("/file/v1/file/multipart/4711/add/", StringComparison.Ordinal) => AddAsync(context, Number(path)),
            _ when path.StartsWith("/part/", StringComparison.Ordinal) => PutAsync(context, Number(path), body),
            _ => ScriptedServer.JsonAsync(context, 404, "{}"),
        };
    }

    private Task StartAsync(HttpContext context, byte[] body)
    {
        using var request = JsonDocument.Parse(body);
        StartBody = request.RootElement.GetRawText();
        var (size, part) = (request.RootElement.GetProperty("fileSizeBytes").GetInt64(),
            request.RootElement.GetProperty("partSizeBytes").GetInt64());
        Count = (int)((size + part - 1) / part);
        return StateAsync(context);
    }

    private Task StateAsync(HttpContext context)
    {
        var parts = string.Concat(Enumerable.Range(1, Count).Select(part => Added.ContainsKey(part) ? '1' : '0'));
        return ScriptedServer.JsonAsync(context, 201, IsComplete
            ? $$"""{"uploadId":"4711","partsState":"{{parts}}","state":"COMPLETED","resultFileHandleId":"138"}"""
            : $$"""{"uploadId":"4711","partsState":"{{parts}}","state":"UPLOADING"}""");
    }

    private Task AddressesAsync(HttpContext context, byte[] body)
    {
        using var request = JsonDocument.Parse(body);
        var urls = request.RootElement.GetProperty("partNumbers").EnumerateArray().Select(part =>
            $$"""{"partNumber":{{part}},"uploadPresignedUrl":"{{_server.Address}}part/{{part}}?n={{Interlocked.Increment(ref _addresses)}}&X-Amz-Signature={{ScriptedStorage.Signature}}","signedHeaders":{"Content-Type":"application/octet-stream","x-amz-acl":"private"} }""");
        return ScriptedServer.JsonAsync(context, 201, $$"""{"partPresignedUrls":[{{string.Join(',', urls)}}]}""");
    }

    private Task PutAsync(HttpContext context, int part, byte[] body)
    {
        _staged[part] = body;
        context.Response.StatusCode = 200;
        return Task.CompletedTask;
    }

    // A second confirmation finds nothing staged, and the part falls back.
    private Task AddAsync(HttpContext context, int part)
    {
        var success = _staged.TryRemove(part, out var bytes)
#pragma warning disable CA5351 // The service's protocol names MD5.
            && context.Request.Query["partMD5Hex"] == Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
        if (success)
            Added[part] = bytes!;
        else
            Added.TryRemove(part, out _);
        return ScriptedServer.JsonAsync(context, 201, success
            ? $$"""{"uploadId":"4711","partNumber":{{part}},"addPartState":"ADD_SUCCESS"}"""
            : $$"""{"uploadId":"4711","partNumber":{{part}},"addPartState":"ADD_FAILED","errorMessage":"The provided MD5 does not match."}""");
    }

    private Task CompleteAsync(HttpContext context)
    {
        var missing = Count - Added.Count;
        if (missing > 0)
            return ScriptedServer.JsonAsync(context, 400,
                $$"""{"reason":"Missing {{missing}} part(s).  All parts must be successfully added."}""");
        IsComplete = true;
        return StateAsync(context);
    }

    private static int Number(string path) => int.Parse(path[(path.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
}
