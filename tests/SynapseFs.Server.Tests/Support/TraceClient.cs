using System.Text;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>Sends what the official client sends: bodies as written out, and its content type on every call, with a body or without.</summary>
internal sealed class TraceClient(TestClient client)
{
    private const string Json = "application/json";

    /// <summary>A call (<c>POST /repo/v1/entity</c>) that must be answered with this status; the answer's body, empty if there is none.</summary>
    public async Task<JsonObject> CallAsync(int status, string call, string? body = null)
    {
        var answer = await SendAsync(call, body);
        Assert.That((int)answer.Status, Is.EqualTo(status), $"{call}: {answer.Text}");
        return answer.Text.Length == 0 ? [] : answer.Json;
    }

    public async Task<Answer> SendAsync(string call, string? body = null, params (string Name, string Value)[] headers)
    {
        var space = call.IndexOf(' ', StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(call[..space]), call[(space + 1)..]);
        request.Headers.TryAddWithoutValidation("Accept", "application/json; charset=UTF-8");
        request.Content = body is null ? new ByteArrayContent([]) : new StringContent(body, Encoding.UTF8);
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Json + "; charset=UTF-8");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.Http.SendAsync(request);
        var answer = await Answer.OfAsync(response);
        if (answer.Text.StartsWith('{'))
        {
            Assert.That(answer.Headers["Content-Type"], Does.StartWith(Json), "the client shows reasons of JSON alone");
        }

        return answer;
    }

    /// <summary>Starts a job, asks until it is done, and insists on success; the response itself.</summary>
    public async Task<JsonObject> JobAsync(string path, string body)
    {
        var token = (string)(await CallAsync(201, $"POST {path}/async/start", body))["token"]!;
        var answer = await Eventually.GetAsync(async () =>
            await SendAsync($"GET {path}/async/get/{token}") is { Status: not System.Net.HttpStatusCode.Accepted } done ? done : null);
        Assert.That((int)answer.Status, Is.EqualTo(201), answer.Text);
        return answer.Json;
    }

    /// <summary>A small upload, step by step; the file handle's id.</summary>
    public async Task<string> UploadAsync(string name, byte[] bytes, string contentType = "text/plain", string location = "1")
    {
        var md5 = TestClient.Md5(bytes);
        var request = $$"""
            {"concreteType":"org.sagebionetworks.repo.model.file.MultipartUploadRequest","contentMD5Hex":"{{md5}}","fileName":"{{name}}",
            "contentType":"{{contentType}}","fileSizeBytes":{{bytes.Length}},"partSizeBytes":8388608,"generatePreview":true,
            "storageLocationId":{{location}}}
            """;
        var status = await CallAsync(201, "POST /file/v1/file/multipart?forceRestart=False", request);
        var upload = (string)status["uploadId"]!;
        if ((string)status["state"]! == "COMPLETED")
        {
            return (string)status["resultFileHandleId"]!;
        }

        Assert.That((string)status["partsState"]!, Is.EqualTo("0"));
        var urls = await CallAsync(
            201, $"POST /file/v1/file/multipart/{upload}/presigned/url/batch", $$"""{"uploadId":"{{upload}}","partNumbers":[1]}""");
        await client.PutPartAsync((string)urls["partPresignedUrls"]![0]!["uploadPresignedUrl"]!, bytes);
        var added = await CallAsync(201, $"PUT /file/v1/file/multipart/{upload}/add/1?partMD5Hex={md5}");
        var done = await CallAsync(201, $"PUT /file/v1/file/multipart/{upload}/complete");
        Assert.Multiple(() =>
        {
            Assert.That((string)added["addPartState"]!, Is.EqualTo("ADD_SUCCESS"));
            Assert.That((string)done["state"]!, Is.EqualTo("COMPLETED"));
        });
        return (string)done["resultFileHandleId"]!;
    }

    /// <summary>The entry of one file in a batch: handle and URL.</summary>
    public async Task<JsonNode> BatchAsync(string handle, string type, string id)
    {
        var body = $$"""
            {"includeFileHandles":true,"includePreSignedURLs":true,
            "requestedFiles":[{"fileHandleId":{{handle}},"associateObjectId":"{{id}}","associateObjectType":"{{type}}"}]}
            """;
        return (await CallAsync(201, "POST /file/v1/fileHandle/batch", body))["requestedFiles"]![0]!;
    }

    /// <summary>The bytes behind the URL of a batch's entry.</summary>
    public async Task<byte[]> DownloadAsync(string handle, string type, string id)
    {
        var entry = await BatchAsync(handle, type, id);
        return (await client.GetRangeAsync((string)entry["preSignedURL"]!, range: null)).Bytes;
    }
}
