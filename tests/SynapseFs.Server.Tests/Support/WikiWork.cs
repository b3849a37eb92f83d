using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace SynapseFs.Server.Tests.Support;

/// <summary>What several tests of wikis do.</summary>
internal static class WikiWork
{
    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public static string Gunzip(byte[] bytes)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static Task<string> UploadMarkdownAsync(this TestClient client, string text) =>
        client.UploadAsync("wiki_markdown_x.md.gz", Gzip(text));

    /// <summary>Makes a page through the second API; its text is uploaded first.</summary>
    public static async Task<JsonObject> CreatePage2Async(
        this TestClient client, string owner, string title, string? parent = null, params string[] attachments)
    {
        var body = new JsonObject
        {
            ["title"] = title,
            ["parentWikiId"] = parent,
            ["markdownFileHandleId"] = await client.UploadMarkdownAsync($"# {title}"),
            ["attachmentFileHandleIds"] = new JsonArray([.. attachments.Select(id => (JsonNode)id)]),
        };
        return await client.DoAsync("POST", $"/repo/v1/entity/{owner}/wiki2", body);
    }
}
