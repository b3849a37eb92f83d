using System.Globalization;
using SynapseFs.Api;

namespace SynapseFs.Entities.Wikis;

/// <summary>The pages of one wiki by their headers. Pure.</summary>
internal sealed class WikiTree
{
    private readonly Dictionary<string, WikiHeader> _pages;
    private readonly ILookup<string, WikiHeader> _below;

    /// <param name="headers">In any order; pages of headers that shifted while they were read may hold one twice.</param>
    public WikiTree(IEnumerable<WikiHeader> headers)
    {
        _pages = headers.Where(header => header.Id is not null).DistinctBy(header => header.Id).ToDictionary(header => header.Id!);
        _below = _pages.Values.Where(header => header.ParentId is not null).OrderBy(Number).ToLookup(header => header.ParentId!);
        Root = _pages.Values.FirstOrDefault(header => header.ParentId is null);
    }

    /// <summary>Null: there is no wiki.</summary>
    public WikiHeader? Root { get; }

    public WikiHeader? Find(string page) => _pages.GetValueOrDefault(page);

    /// <summary>The pages right below one, the oldest first.</summary>
    public IReadOnlyList<WikiHeader> Below(string page) => [.. _below[page]];

    /// <summary>A page with all below it.</summary>
    public IEnumerable<WikiHeader> From(WikiHeader page) => Below(page.Id!).SelectMany(From).Prepend(page);

    private static long Number(WikiHeader header) =>
        long.TryParse(header.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
}
