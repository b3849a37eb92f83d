using System.Text;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Finding;

/// <summary>A term as the name of a directory: what no name can hold, and '%' itself, is written %2F, %00, %25. Pure.</summary>
internal static class TermName
{
    /// <summary>Null where it would be too long for a name.</summary>
    public static string? Of(string term)
    {
        var name = term.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)
            .Replace("\0", "%00", StringComparison.Ordinal);
        return Encoding.UTF8.GetByteCount(name) <= FileName.MaximumBytes ? name : null;
    }

    /// <summary>The term that a name says; null when it says none, or a wrong one.</summary>
    public static FindTerm? Parse(string name)
    {
        if (ToTerm(name) is not { } text || !FindTerm.IsTerm(text))
            return null;
        try
        {
            return FindTerm.Parse(text);
        }
        catch (FsException failure) when (failure.Error == FsError.InvalidArgument)
        {
            return null;
        }
    }

    private static string? ToTerm(string name)
    {
        var term = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '%')
            {
                term.Append(name[i]);
                continue;
            }

            char? sign = name.AsSpan(i + 1) switch
            {
                ['2', '5', ..] => '%',
                ['2', 'F', ..] => '/',
                ['0', '0', ..] => '\0',
                _ => null,
            };
            if (sign is null)
                return null;
            term.Append(sign);
            i += 2;
        }

        return term.ToString();
    }
}
