using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SynapseFs.Client.Tests.Support;

/// <summary>
/// An object store that tells what is under way, and checks the sum of each signature in an address, told here once more and independently
/// (AWS Signature Version 4 for query strings). Beside it Synapse's call that registers what was put there.
/// </summary>
internal sealed class ScriptedStore
{
    public const string Bucket = "laboratory";
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string UploadId = "upload-1";

    private readonly ScriptedServer _server;

    public ScriptedStore(ScriptedServer server)
    {
        _server = server;
        server.Answer = ServeAsync;
    }

    /// <summary>Parts that the store has.</summary>
    public ConcurrentDictionary<int, byte[]> Parts { get; } = new();

    /// <summary>The key under which an upload is under way; null: none is.</summary>
    public string? UnderWay { get; set; }

    /// <summary>Key and bytes of what is there whole.</summary>
    public (string Key, byte[] Bytes)? Whole { get; private set; }

    public string? Registered { get; private set; }

    /// <summary>Numbers of the parts that were put, in order; 0: the whole.</summary>
    public ConcurrentQueue<int> Puts { get; } = new();

    private Task ServeAsync(HttpContext context)
    {
        var body = (byte[])context.Items["body"]!;
        if (context.Request.Path == "/file/v1/externalFileHandle")
        {
            Registered = Encoding.UTF8.GetString(body);
            return ScriptedServer.JsonAsync(context, 200, Registered.Insert(1, "\"id\":\"77\","));
        }
        var query = context.Request.Query;
        var key = context.Request.Path.Value![(Bucket.Length + 2)..];
        if (query.ContainsKey("X-Amz-Signature") && query["X-Amz-Signature"] != SignatureOf(context))
            return XmlAsync(context, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
        return (context.Request.Method, query.ContainsKey("uploads"), query.ContainsKey("uploadId")) switch
        {
            ("HEAD", _, _) => XmlAsync(context, 404, ""),
            ("GET", true, _) => XmlAsync(context, 200, Uploads()),
            ("GET", _, true) => XmlAsync(context, 200, PartsXml()),
            ("POST", true, _) => XmlAsync(context, 200, $"<InitiateMultipartUploadResult><UploadId>{UploadId}</UploadId></InitiateMultipartUploadResult>"),
            ("POST", _, true) => CompleteAsync(context, key, Encoding.UTF8.GetString(body)),
            ("PUT", _, _) => PutAsync(context, key, body),
            _ => XmlAsync(context, 400, ""),
        };
    }

    private Task PutAsync(HttpContext context, string key, byte[] body)
    {
        var part = int.Parse(context.Request.Query["partNumber"].FirstOrDefault("0")!, CultureInfo.InvariantCulture);
        Puts.Enqueue(part);
        if (part == 0)
            Whole = (key, body);
        else
            Parts[part] = body;
        context.Response.Headers.ETag = Tag(body);
        return Task.CompletedTask;
    }

    private Task CompleteAsync(HttpContext context, string key, string body)
    {
        var isWhole = Parts.All(part => body.Contains($"<PartNumber>{part.Key}</PartNumber>", StringComparison.Ordinal)
            && body.Contains(Tag(part.Value).Trim('"'), StringComparison.Ordinal));
        if (isWhole)
            Whole = (key, [.. Parts.OrderBy(part => part.Key).SelectMany(part => part.Value)]);
        return XmlAsync(context, isWhole ? 200 : 400, isWhole
            ? "<CompleteMultipartUploadResult><ETag>\"x-3\"</ETag></CompleteMultipartUploadResult>" : "<Error><Code>InvalidPart</Code></Error>");
    }

    private string Uploads() => UnderWay is null
        ? "<ListMultipartUploadsResult></ListMultipartUploadsResult>"
        : $"<ListMultipartUploadsResult><Upload><Key>{UnderWay}</Key><UploadId>{UploadId}</UploadId>"
            + "<Initiated>2024-01-02T03:04:05.000Z</Initiated></Upload></ListMultipartUploadsResult>";

    private string PartsXml() =>
        "<ListPartsResult><IsTruncated>false</IsTruncated>" + string.Concat(Parts.Select(part =>
            $"<Part><PartNumber>{part.Key}</PartNumber><ETag>{Tag(part.Value)}</ETag><Size>{part.Value.Length}</Size></Part>")) + "</ListPartsResult>";

    private static Task XmlAsync(HttpContext context, int status, string xml)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Request.Method == "HEAD" ? Task.CompletedTask : context.Response.WriteAsync(xml);
    }

    private static string Tag(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes);
        return $"\"{Convert.ToHexStringLower(hash.GetCurrentHash())}\"";
    }

    private static string SignatureOf(HttpContext context)
    {
        var query = context.Request.Query;
        string Value(string name) => query[name].ToString();
        var path = string.Join('/', context.Request.Path.Value!.Split('/').Select(Uri.EscapeDataString));
        var canonicalQuery = string.Join('&', query.Where(pair => pair.Key != "X-Amz-Signature")
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}").Order(StringComparer.Ordinal));
        var canonical = $"{context.Request.Method}\n{path}\n{canonicalQuery}\nhost:{context.Request.Host}\n\nhost\nUNSIGNED-PAYLOAD";
        var scope = Value("X-Amz-Credential").Split('/')[1..];
        var toSign = $"AWS4-HMAC-SHA256\n{Value("X-Amz-Date")}\n{string.Join('/', scope)}\n"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (sum, word) => HMACSHA256.HashData(sum, Encoding.UTF8.GetBytes(word)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }
}
