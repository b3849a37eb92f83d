using SynapseFs.Core.Searching;
using SynapseFs.Entities.Annotations;

namespace SynapseFs.Entities.Finding;

/// <summary>The annotations that things have, as terms that lead to them.</summary>
internal static class Facets
{
    /// <summary>Of a key with more values than a person reads, only the key is told.</summary>
    private const int MostValues = 100;

    /// <summary>Names of terms: <c>key=value</c> for each value of each annotation, or <c>key=*</c> where there are too many or one can be no name.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TreeWalk walk, CancellationToken cancellationToken)
    {
        var values = new SortedDictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await foreach (var node in walk.RunAsync(cancellationToken))
        {
            foreach (var (name, text) in node.Xattrs)
            {
                if (name.StartsWith(EntityXattrNames.Facts, StringComparison.Ordinal))
                    continue;
                if (!values.TryGetValue(name, out var known))
                    values[name] = known = new HashSet<string>(StringComparer.Ordinal);
                if (known.Count <= MostValues)
                    known.UnionWith(FindTerm.Values(text));
            }
        }

        return [.. values.SelectMany(each => TermsOf(each.Key["user.".Length..], each.Value))];
    }

    private static IEnumerable<string> TermsOf(string key, HashSet<string> values)
    {
        var terms = values.Order(StringComparer.Ordinal).Select(value => TermName.Of($"{key}={FindGlob.Escape(value)}")).ToList();
        if (values.Count == 0 || values.Count > MostValues || terms.Contains(null))
            terms = [.. values.Count > MostValues ? [] : terms, TermName.Of(key + "=*")];
        return terms.OfType<string>();
    }
}
