using System.Globalization;
using System.Text.Json;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Sharing;

namespace SynapseFs.Cli.Showing;

/// <summary>A card as lines of a name and a text for people. Pure.</summary>
internal static class CardRows
{
    public static IReadOnlyList<IReadOnlyList<string>> Of(EntityCard card)
    {
        (string Name, string? Text)[] facts =
        [
            ("path", card.Path),
            ("id", card.Id is null ? "not in Synapse" : $"{card.Id} ({card.Type})"),
            ("version", card.Version is null ? null : VersionOf(card)),
            ("versions", card.Versions is { Count: > 1 } versions ? string.Join(", ", versions) : null),
            ("size", card.Size is { } size ? $"{ByteSizeText.Format(size)} ({size.ToString("N0", CultureInfo.InvariantCulture)} bytes)" : null),
            ("md5", card.Md5),
            ("content type", card.ContentType),
            ("created", Event(card.CreatedOn, card.CreatedBy)),
            ("modified", Event(card.ModifiedOn, card.ModifiedBy)),
            ("state", card.State),
            ("on this machine", card.CachedBytes is { } cached ? ByteSizeText.Format(cached) : null),
            ("you may", card is { CanRead: true, CanWrite: true } ? "read and write" : card.CanRead ? "read" : card.CanWrite ? "write" : "neither read nor write"),
            ("no access", card.AccessProblem),
            .. Shared(card.Sharing),
            .. (card.Annotations ?? new Dictionary<string, JsonElement>()).Select(each => ($"annotation {each.Key}", (string?)Text(each.Value))),
            ("made from", card.Provenance),
            ("wiki", card.Wiki is { } wiki ? string.Join(", ", wiki) : null),
            ("leads to", card.LinkTarget),
            ("web page", card.Url),
        ];
        return [.. facts.Where(fact => fact.Text is not null).Select(fact => (IReadOnlyList<string>)[fact.Name, CommandLine.OneLine(fact.Text!)])];
    }

    private static IEnumerable<(string Name, string? Text)> Shared(SharingFile? sharing)
    {
        if (sharing is null)
            yield break;
        yield return ("sharing", sharing.Inherits ? $"inherited from {sharing.InheritsFrom}" : "a list of its own");
        foreach (var (name, can) in sharing.SharedWith)
            yield return ($"shared with {name}", SharingFile.CanOf(can));
    }

    private static string VersionOf(EntityCard card)
    {
        var number = card.Version!.Value.ToString(CultureInfo.InvariantCulture);
        return card.VersionLabel is { } label && label != number ? $"{number}, labelled {label}" : number;
    }

    private static string? Event(string? on, string? by) => on is null ? null : by is null ? on : $"{on} by {by}";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
