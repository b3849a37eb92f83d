using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>Speaks HTTP to the server as a client written by hand would.</summary>
internal sealed class TestClient : IDisposable
{
    private const string Model = "org.sagebionetworks.repo.model.";

    private readonly SynapseServer _server;

    public TestClient(SynapseServer server, string? token)
    {
        _server = server;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.BaseAddress };
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public HttpClient Http { get; }

    public async Task<Answer> SendAsync(string method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>Sends and insists on success; returns the body.</summary>
    public async Task<JsonObject> DoAsync(string method, string path, JsonNode? body = null)
    {
        var answer = await SendAsync(method, path, body);
        Assert.That((int)answer.Status, Is.InRange(200, 299), $"{method} {path}: {answer.Text}");
        return answer.Text.Length == 0 ? [] : answer.Json;
    }

    public Task<JsonObject> CreateProjectAsync(string name = "Project") => CreateAsync("Project", name, parent: null);

    public Task<JsonObject> CreateFolderAsync(string name, string parent) => CreateAsync("Folder", name, parent);

    public Task<JsonObject> CreateAsync(string type, string name, string? parent, JsonObject? more = null)
    {
        var entity = more ?? [];
        entity["concreteType"] = Model + type;
        entity["name"] = name;
        entity["parentId"] = parent;
        return DoAsync("POST", "/repo/v1/entity", entity);
    }

    public async Task<JsonObject> CreateFileAsync(string name, string parent, byte[] bytes)
    {
        var handle = await UploadAsync(name, bytes);
        return await CreateAsync("FileEntity", name, parent, new JsonObject { ["dataFileHandleId"] = handle });
    }

    public static JsonObject UploadRequest(string name, byte[] bytes, long partSize = 5 << 20) => new()
    {
        ["concreteType"] = Model + "file.MultipartUploadRequest",
        ["fileName"] = name,
        ["fileSizeBytes"] = bytes.Length,
        ["contentMD5Hex"] = Md5(bytes),
        ["partSizeBytes"] = partSize,
        ["contentType"] = "text/plain",
    };

    /// <summary>The whole multipart protocol; returns the file handle's id.</summary>
    public async Task<string> UploadAsync(string name, byte[] bytes, int partSize = 5 << 20)
    {
        var status = await DoAsync("POST", "/file/v1/file/multipart?forceRestart=false", UploadRequest(name, bytes, partSize));
        var upload = (string)status["uploadId"]!;
        if ((string?)status["state"] == "COMPLETED")
        {
            return (string)status["resultFileHandleId"]!;
        }

        var count = (bytes.Length + partSize - 1) / partSize;
        for (var part = 1; part <= count; part++)
        {
            var slice = bytes.AsSpan((part - 1) * partSize, Math.Min(partSize, bytes.Length - ((part - 1) * partSize))).ToArray();
            await PutPartAsync(await PartUrlAsync(upload, part), slice);
            var added = await DoAsync("PUT", $"/file/v1/file/multipart/{upload}/add/{part}?partMD5Hex={Md5(slice)}");
            Assert.That((string?)added["addPartState"], Is.EqualTo("ADD_SUCCESS"));
        }

        return (string)(await DoAsync("PUT", $"/file/v1/file/multipart/{upload}/complete"))["resultFileHandleId"]!;
    }

    public async Task<string> PartUrlAsync(string upload, int part)
    {
        var body = new JsonObject { ["uploadId"] = upload, ["partNumbers"] = new JsonArray(part) };
        var urls = await DoAsync("POST", $"/file/v1/file/multipart/{upload}/presigned/url/batch", body);
        return (string)urls["partPresignedUrls"]![0]!["uploadPresignedUrl"]!;
    }

    public async Task PutPartAsync(string url, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var response = await Http.PutAsync(new Uri(url), content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    public async Task<JsonObject> BatchAsync(string handle, string entity, bool withUrl = true)
    {
        var body = new JsonObject
        {
            ["requestedFiles"] = new JsonArray(new JsonObject
            {
                ["fileHandleId"] = handle,
                ["associateObjectId"] = entity,
                ["associateObjectType"] = "FileEntity",
            }),
            ["includeFileHandles"] = true,
            ["includePreSignedURLs"] = withUrl,
        };
        return (await DoAsync("POST", "/file/v1/fileHandle/batch", body))["requestedFiles"]![0]!.AsObject();
    }

    public async Task<string> DownloadUrlAsync(JsonObject file) =>
        (string)(await BatchAsync((string)file["dataFileHandleId"]!, (string)file["id"]!))["preSignedURL"]!;

    public async Task<Answer> GetRangeAsync(string url, string? range, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public async Task<string[]> ListAsync(string parent)
    {
        var body = new JsonObject { ["parentId"] = parent, ["includeTypes"] = new JsonArray("folder", "file", "link", "table") };
        var page = await DoAsync("POST", "/repo/v1/entity/children", body);
        return [.. page["page"]!.AsArray().Select(child => (string)child!["name"]!)];
    }

    /// <summary>Gives the reader (and only the owner besides) these rights on an entity, by an own ACL.</summary>
    public async Task ShareAsync(string entity, long principal, params string[] access)
    {
        var inherited = await SendAsync("GET", $"/repo/v1/entity/{entity}/acl");
        var entries = new JsonArray(
            Entry(_server.FirstUser.PrincipalId,
                "READ", "DOWNLOAD", "UPDATE", "DELETE", "CREATE", "CHANGE_PERMISSIONS", "CHANGE_SETTINGS", "MODERATE"),
            Entry(principal, access));
        var acl = inherited.Status == HttpStatusCode.OK ? inherited.Json : new JsonObject { ["id"] = entity };
        acl["resourceAccess"] = entries;
        await DoAsync(inherited.Status == HttpStatusCode.OK ? "PUT" : "POST", $"/repo/v1/entity/{entity}/acl", acl);
    }

    public static string Md5(byte[] bytes)
    {
#pragma warning disable CA5351 // The protocol names MD5.
        return Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
    }

    public void Dispose() => Http.Dispose();

    private static JsonObject Entry(long principal, params string[] access) => new()
    {
        ["principalId"] = principal,
        ["accessType"] = new JsonArray([.. access.Select(type => (JsonNode)type)]),
    };
}
