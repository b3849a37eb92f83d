using System.IO.Compression;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Wikis;

/// <summary>The first API over the second: a page's text as a gzip file and back. Source: WikiModelTranslationHelper.</summary>
internal sealed class WikiTexts(MadeFiles files, Wikis wikis)
{
    private const int MaxCharacters = 16 << 20;

    /// <summary>Writes the text to disk, outside of any transaction.</summary>
    public ReceivedPart Write(string? markdown) => files.Write(stream =>
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        gzip.Write(Encoding.UTF8.GetBytes(markdown ?? ""));
    });

    /// <summary>The page as the second API takes it; its text becomes a file handle of the caller's.</summary>
    public V2WikiPage ToV2(Caller caller, WikiPage page, ReceivedPart text) => new()
    {
        Id = page.Id,
        Etag = page.Etag,
        ParentWikiId = page.ParentWikiId,
        Title = page.Title,
        AttachmentFileHandleIds = page.AttachmentFileHandleIds,
        // A page that is being made has no id yet, and Synapse says so in the name.
        MarkdownFileHandleId = files.Add(
            caller, text, $"{page.Id ?? "null"}_markdown.txt.gz", "application/x-gzip; charset=UTF-8").Document.Id,
    };

    public WikiPage ToV1(V2WikiPage page) => new()
    {
        Id = page.Id,
        Etag = page.Etag,
        CreatedOn = page.CreatedOn,
        CreatedBy = page.CreatedBy,
        ModifiedOn = page.ModifiedOn,
        ModifiedBy = page.ModifiedBy,
        ParentWikiId = page.ParentWikiId,
        Title = page.Title,
        Markdown = Read(page),
        AttachmentFileHandleIds = page.AttachmentFileHandleIds,
    };

    private string Read(V2WikiPage page)
    {
        var handle = wikis.RequireHandle(Rules.EntityIds.ParseNumber(page.MarkdownFileHandleId, "markdownFileHandleId"));
        try
        {
            using var reader = new StreamReader(new GZipStream(files.OpenRead(handle), CompressionMode.Decompress), Encoding.UTF8);
            var text = new StringBuilder();
            var buffer = new char[8192];
            int read;
            while ((read = reader.Read(buffer, 0, buffer.Length)) > 0)
            {
                text.Append(buffer, 0, read);
                if (text.Length > MaxCharacters)
                {
                    throw ServiceException.BadRequest($"The text of the wiki page {page.Id} is too long for this service.");
                }
            }

            return text.ToString();
        }
        catch (InvalidDataException)
        {
            // Synapse fails with 500 here, which clients would repeat for half an hour.
            throw ServiceException.BadRequest("Not in GZIP format");
        }
    }
}
