using SynapseFs.Vfs;

namespace SynapseFs.Entities.Finding;

/// <summary>Terms that a thing has to match all. Remembers which keys it met. Not for several threads.</summary>
public sealed class FindTerms
{
    private readonly IReadOnlyList<FindTerm> _terms;
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    private FindTerms(IReadOnlyList<FindTerm> terms) => _terms = terms;

    /// <summary>Keys that nothing looked at so far has, in the terms' order.</summary>
    public IReadOnlyList<string> UnknownKeys =>
        [.. _terms.Where(term => !term.AsksForAbsence && !_met.Contains(term.Name)).Select(term => term.Key).Distinct()];

    /// <summary>Whether a text has the form of a term, right or wrong.</summary>
    public static bool IsTerm(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FindTerm.IsTerm(text);
    }

    /// <exception cref="FsException">InvalidArgument, with the reason: one of them is no term.</exception>
    public static FindTerms Parse(IEnumerable<string> terms) => new([.. terms.Select(FindTerm.Parse)]);

    /// <param name="xattrs">A thing's extended attributes by full name.</param>
    public bool Match(IReadOnlyDictionary<string, string> xattrs)
    {
        ArgumentNullException.ThrowIfNull(xattrs);
        if (_met.Count < _terms.Count)
            _met.UnionWith(_terms.Select(term => term.Name).Where(xattrs.ContainsKey));
        return _terms.All(term => term.Matches(xattrs));
    }
}
