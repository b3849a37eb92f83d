namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// LIKE as MySQL has it: <c>%</c> and <c>_</c>, an escape character (backslash when none is named), case and accents ignored.
/// </summary>
internal static class LikePattern
{
    private const int AnyRun = -1;
    private const int AnyOne = -2;

    public static bool Matches(string text, string pattern, char escape = '\\')
    {
        var wanted = Read(pattern, escape);
        var folded = TextOrder.Fold(text);
        var (at, next, run, resume) = (0, 0, -1, 0);
        while (at < folded.Length)
        {
            if (next < wanted.Count && (wanted[next] == AnyOne || wanted[next] == folded[at]))
            {
                (at, next) = (at + 1, next + 1);
            }
            else if (next < wanted.Count && wanted[next] == AnyRun)
            {
                (run, resume) = (next++, at);
            }
            else if (run >= 0)
            {
                // The last run takes one more.
                (at, next) = (++resume, run + 1);
            }
            else
            {
                return false;
            }
        }

        while (next < wanted.Count && wanted[next] == AnyRun)
        {
            next++;
        }

        return next == wanted.Count;
    }

    private static List<int> Read(string pattern, char escape)
    {
        var wanted = new List<int>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == escape && i + 1 < pattern.Length)
            {
                Add(wanted, pattern[++i]);
            }
            else if (pattern[i] == '%')
            {
                wanted.Add(AnyRun);
            }
            else if (pattern[i] == '_')
            {
                wanted.Add(AnyOne);
            }
            else
            {
                Add(wanted, pattern[i]);
            }
        }

        return wanted;
    }

    private static void Add(List<int> wanted, char letter)
    {
        foreach (var folded in TextOrder.Fold(letter.ToString()))
        {
            wanted.Add(folded);
        }
    }
}
