using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// What a node of a wiki is about: <c>wiki-page:syn5</c> is the directory of an entity's root page, whether or not there is one yet,
/// <c>wiki-page:syn5/6001</c> that of another page; <c>wiki-text:syn5/6000</c> is a text, <c>wiki-attachment:syn5/6000/plot.png</c> an
/// attachment by its file name. Stored with the row, so it must never change its form.
/// </summary>
/// <param name="Owner">The entity.</param>
/// <param name="Page">The page's id; null: the root page.</param>
internal readonly record struct WikiId(string Owner, string? Page, string? Attachment = null)
{
    /// <exception cref="FormatException">It is something else's.</exception>
    public static WikiId Parse(NodeKind kind, string text) =>
        TryParse(kind, text) ?? throw new FormatException($"'{text}' is not the id of a {kind}.");

    public static WikiId? TryParse(NodeKind kind, string text) => text.StartsWith($"{kind}:", StringComparison.Ordinal)
        ? text[(kind.Name.Length + 1)..].Split('/', 3) switch
        {
            [var owner] => new WikiId(owner, null),
            [var owner, var page] => new WikiId(owner, page),
            [var owner, var page, var attachment] => new WikiId(owner, page, attachment),
            _ => null,
        }
        : null;

    public string Of(NodeKind kind) => (Page, Attachment) switch
    {
        (null, _) => $"{kind}:{Owner}",
        (_, null) => $"{kind}:{Owner}/{Page}",
        _ => $"{kind}:{Owner}/{Page}/{Attachment}",
    };
}
