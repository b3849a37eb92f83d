using System.Text;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Documents;
using SynapseFs.Store;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// Writes texts of pages, each a new version of its page, from the text that it was made from. What else the page has is left as it
/// is found. Failures of the service are <see cref="SynapseException"/>.
/// </summary>
internal sealed class WikiTextWriter(SynapseClient client, WikiReader reader, WikiPageWriter pages, Turns<string> turns)
{
    private const int Tries = 5;

    /// <summary>A text where there is none yet; an entity without a wiki gets one.</summary>
    /// <exception cref="ChangeRefusedException">NameTaken: somebody else has written one meanwhile.</exception>
    public Task<WikiPage> CreateAsync(WikiId id, byte[] text, Urgency urgency, CancellationToken cancellationToken) => turns.TakeAsync(
        id.Owner,
        async () =>
        {
            var tree = await reader.FreshTreeAsync(id.Owner, urgency, cancellationToken);
            if (id.Page is null && tree.Root is null)
            {
                var root = await pages.CreateRootAsync(id.Owner, Encoding.UTF8.GetString(text), urgency, cancellationToken);
                if (WikiDescriber.TextOf(root).AsSpan().SequenceEqual(text))
                    return root;
            }

            var page = await pages.RequirePageAsync(id, urgency, cancellationToken);
            return await WriteAsync(id with { Page = page }, text, RequireNone, urgency, cancellationToken);

            void RequireNone(WikiPage present)
            {
                if (!string.IsNullOrEmpty(present.Markdown))
                    throw new ChangeRefusedException(ChangeRefusal.NameTaken, "Somebody else has written a text for this page meanwhile.");
            }
        },
        cancellationToken);

    /// <param name="known">The content that it was made from; null: not compared.</param>
    public Task<WikiPage> UpdateAsync(WikiId id, byte[] text, string? known, Urgency urgency, CancellationToken cancellationToken) =>
        turns.TakeAsync(
            id.Owner, () => WriteAsync(id, text, present => RequireKnown(present, known), urgency, cancellationToken), cancellationToken);

    /// <summary>The page goes on without a text. A page that is gone is success.</summary>
    public async Task DeleteAsync(WikiId id, ContentKey? known, Urgency urgency, CancellationToken cancellationToken)
    {
        try
        {
            await UpdateAsync(id, [], known?.Id, urgency, cancellationToken);
        }
        catch (SynapseException exception) when (exception.Failure == SynapseFailure.NotFound)
        {
            // With its page.
        }
    }

    private async Task<WikiPage> WriteAsync(
        WikiId id, byte[] text, Action<WikiPage> requireKnown, Urgency urgency, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var page = await reader.PageAsync(id.Owner, id.Page!, urgency, cancellationToken);
            if (WikiDescriber.TextOf(page).AsSpan().SequenceEqual(text))
                return page;
            requireKnown(page);
            try
            {
                var wanted = page with { Markdown = Encoding.UTF8.GetString(text) };
                return await client.Wikis.UpdateAsync(id.Owner, wanted, urgency.ToPriority(), cancellationToken);
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing.
            }
        }
    }

    private static void RequireKnown(WikiPage present, string? known)
    {
        if (known is not null && WikiDescriber.KeyOf(present.Id!, EntityDocument.OfText(WikiDescriber.TextOf(present))).Id != known)
            throw new ChangeRefusedException(
                ChangeRefusal.ContentChanged, $"The text of '{present.Title}' was changed in Synapse since it was read here.");
    }
}
