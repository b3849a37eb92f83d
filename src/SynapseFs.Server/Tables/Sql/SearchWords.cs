namespace SynapseFs.Server.Tables.Sql;

/// <summary>MySQL's full-text search in natural language, without its ranking: a row matches when it has any of the words.</summary>
internal static class SearchWords
{
    /// <summary>Words shorter than this are not indexed (innodb_ft_min_token_size).</summary>
    private const int ShortestWord = 3;

    public static bool Match(string text, string query)
    {
        var wanted = Words(query);
        return wanted.Count > 0 && Words(text).Overlaps(wanted);
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var folded = TextOrder.Fold(text);
        var start = 0;
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && (char.IsLetterOrDigit(folded[i]) || folded[i] == '_'))
            {
                continue;
            }

            if (i - start >= ShortestWord)
            {
                words.Add(folded[start..i]);
            }

            start = i + 1;
        }

        return words;
    }
}
