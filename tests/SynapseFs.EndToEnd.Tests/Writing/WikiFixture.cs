using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>A mount of a project whose wiki is still to be written, and what the server has of it.</summary>
internal abstract class WikiFixture : MountFixture
{
    protected const RequestPriority Priority = RequestPriority.Interactive;

    protected string Wiki => Mount[".synapse/wiki"];

    protected override string WorkingDirectory => Wiki;

    protected override Task FillAsync() => World.AddFileAsync("a.txt", "one\n"u8.ToArray());

    protected async Task<string> AddPageAsync(string? parent, string? title, string text, params string[] attachments)
    {
        var handles = new List<string>();
        foreach (var name in attachments)
            handles.Add(await World.UploadAsync(name, System.Text.Encoding.UTF8.GetBytes($"bytes of {name}")));
        var page = new WikiPage { ParentWikiId = parent, Title = title, Markdown = text, AttachmentFileHandleIds = handles };
        return (await World.Client.Wikis.CreateAsync(World.Project, page, Priority, default)).Id!;
    }

    protected async Task EditAsync(string page, string text)
    {
        var present = await World.Client.Wikis.GetAsync(World.Project, page, Priority, default);
        await World.Client.Wikis.UpdateAsync(World.Project, present with { Markdown = text }, Priority, default);
    }

    protected Task<IReadOnlyList<WikiHeader>> HeadersAsync() => World.Client.Wikis.GetTreeAsync(World.Project, Priority, default);

    protected async Task<string?> TextAsync(string? title)
    {
        var header = (await HeadersAsync()).Single(header => title is null ? header.ParentId is null : header.Title == title);
        return (await World.Client.Wikis.GetAsync(World.Project, header.Id!, Priority, default)).Markdown;
    }

    protected async Task<string> AttachmentsAsync(string page) => string.Join(
        ' ', (await World.Client.Wikis.GetAttachmentsAsync(World.Project, page, Priority, default)).Select(handle => handle.FileName).Order(StringComparer.Ordinal));

    // Paths of all pages below the root.
    protected async Task<string> TreeAsync()
    {
        var headers = (await HeadersAsync()).ToDictionary(header => header.Id!);
        return string.Join(' ', headers.Values.Where(header => header.ParentId is not null).Select(PathOf).Order(StringComparer.Ordinal));

        string PathOf(WikiHeader header) => header.ParentId is { } parent ? $"{PathOf(headers[parent])}/{header.Title}" : "";
    }
}
