using System.Text;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Documents;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>The order of a wiki's pages, as a text beside its root page. Deleted, it leaves the wiki in the service's own order.</summary>
internal sealed class WikiOrderProvider(SynapseClient client, WikiReader reader, WikiDescriber describer, Turns<string> turns, WikiContents contents)
    : NodeProvider
{
    private const int Tries = 5;

    public override NodeKind Kind => EntityKinds.WikiOrder;

    public override NodeType Type => NodeType.File;

    public override bool IsUnderstood => true;

    public override bool KeepsItsPlace => true;

    public override NodeKind KindBeside => EntityKinds.Scratch;

    public override string? RemoteIdOf(RemoteNode node) => null;

    public override async Task<RemoteDetails> DescribeAsync(RemoteNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var owner = WikiId.Parse(Kind, node.RemoteId).Owner;
        var shown = await ShowAsync(owner, urgency, cancellationToken).ForAsync(node.RemoteId);
        return shown?.Details ?? throw new FsException(FsError.NotFound, $"The wiki of {owner} has no pages below its first any more.");
    }

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => contents.Open(node, details);

    public override void CheckContent(string name, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            throw new FsException(FsError.InvalidArgument, "It is empty; to leave the order to Synapse, delete it.");
        WrittenText.RequireText(content);
    }

    public override async Task CheckRemotelyAsync(RemoteNode node, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // A new one, before the service has told of its own, is heard when it is sent.
        if (WikiId.TryParse(Kind, node.RemoteId) is { } id)
            WantedOf(await reader.OrderAsync(id.Owner, Urgency.Waiting, cancellationToken).ForAsync(id.Owner), content.Span);
    }

    public override async Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var id = WikiId.Parse(EntityKinds.WikiPage, node.Parent);
        if (id.Page is not null)
            throw new ChangeRefusedException(
                ChangeRefusal.Impossible, $"A wiki has one '{node.Name}', beside its first page, with all pages' paths in it.");
        return await WriteAsync(id.Owner, node.Name, node.Content, isTheirs: _ => false, urgency, cancellationToken);
    }

    public override Task<RemoteChild> UpdateAsync(RemoteNode node, NodeUpdate update, Urgency urgency, CancellationToken cancellationToken)
    {
        return WriteAsync(WikiId.Parse(Kind, node.RemoteId).Owner, node.Name, update.Content, IsTheirs, urgency, cancellationToken);

        // Pages that came or went since do not make it somebody else's.
        bool IsTheirs(WikiOrderHint present) =>
            update.KnownContent is { } known && !WikiDescriber.IsOrderOf(known, present)
            && !update.OwnContents.Any(own => WikiDescriber.IsOrderOf(own, present));
    }

    public override Task DeleteAsync(RemoteNode node, NodeDeletion deletion, Urgency urgency, CancellationToken cancellationToken)
    {
        var owner = WikiId.Parse(Kind, node.RemoteId).Owner;
        return turns.TakeAsync(owner, () => PutAsync(owner, _ => [], urgency, cancellationToken), cancellationToken)
            .OrRefusedAsync(SubjectOf(owner, node.Name));
    }

    private async Task<RemoteChild> WriteAsync(
        string owner, string name, LocalContent? content, Func<WikiOrderHint, bool> isTheirs, Urgency urgency, CancellationToken cancellationToken)
    {
        var text = await WrittenText.ReadAsync(name, content, cancellationToken);
        await turns.TakeAsync(owner, () => PutAsync(owner, Wanted, urgency, cancellationToken), cancellationToken)
            .OrRefusedAsync(SubjectOf(owner, name));
        return await ShowAsync(owner, urgency, cancellationToken).ForAsync(owner)
            ?? throw new ChangeRefusedException(ChangeRefusal.Gone, $"The wiki of {owner} has no pages to be put in order any more.");

        IReadOnlyList<string> Wanted(WikiOrderNow now)
        {
            var wanted = WantedOf(now, text);
            return !isTheirs(now.Hint) || wanted.SequenceEqual(now.Hint.IdList ?? [])
                ? wanted
                : throw new ChangeRefusedException(ChangeRefusal.ContentChanged, $"The pages of {owner} were put in another order in Synapse since.");
        }
    }

    private async Task<bool> PutAsync(
        string owner, Func<WikiOrderNow, IReadOnlyList<string>> wanted, Urgency urgency, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            reader.Changed(owner);
            var now = await reader.OrderAsync(owner, urgency, cancellationToken);
            if (now.Tree.Root is null)
                return false;
            var list = wanted(now);
            if (list.SequenceEqual(now.Hint.IdList ?? []))
                return false;
            try
            {
                await client.Wikis.UpdateOrderAsync(owner, now.Hint with { IdList = list }, urgency.ToPriority(), cancellationToken);
                return true;
            }
            catch (SynapseException exception) when (exception.Failure == SynapseFailure.StaleEtag && attempt < Tries)
            {
                // Changed between reading and writing, perhaps by a try of ours whose answer was lost: reading again tells.
            }
            finally
            {
                reader.Changed(owner);
            }
        }
    }

    private async Task<RemoteChild?> ShowAsync(string owner, Urgency urgency, CancellationToken cancellationToken)
    {
        var permissions = await reader.PermissionsAsync(owner, urgency, cancellationToken);
        return describer.Order(owner, await reader.OrderAsync(owner, urgency, cancellationToken), permissions);
    }

    private static IReadOnlyList<string> WantedOf(WikiOrderNow now, ReadOnlySpan<byte> text)
    {
        try
        {
            return WikiOrder.Parse(now.Tree, now.Hint.IdList, Encoding.UTF8.GetString(text));
        }
        catch (FsException refusal) when (refusal is not ChangeRefusedException)
        {
            throw new ChangeRefusedException(ChangeRefusal.Impossible, refusal.Message, refusal);
        }
    }

    private static ChangeSubject SubjectOf(string owner, string name) => new($"'{name}' of the wiki", owner, Parent: null);
}
