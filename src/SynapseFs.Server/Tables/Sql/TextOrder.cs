using System.Text;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// How MySQL's <c>utf8mb4_0900_ai_ci</c> compares text: without regard to case and accents, punctuation before digits before letters.
/// </summary>
internal static class TextOrder
{
    private const string Ascii = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly byte[] Weights = MakeWeights();

    public static int Compare(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.Ordinal))
        {
            return 0;
        }

        var a = new Folded(left);
        var b = new Folded(right);
        while (true)
        {
            var (x, y) = (a.Next(), b.Next());
            if (x != y)
            {
                return x < 0 ? -1 : y < 0 ? 1 : Weight(x).CompareTo(Weight(y));
            }

            if (x < 0)
            {
                return 0;
            }
        }
    }

    /// <summary>The same for all texts that compare as equal.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var reader = new Folded(text);
        for (var next = reader.Next(); next >= 0; next = reader.Next())
        {
            folded.Append((char)next);
        }

        return folded.ToString();
    }

    private static int Weight(int character) => character < 128 ? Weights[character] : character + 128;

    private static byte[] MakeWeights()
    {
        var weights = new byte[128];
        for (var i = 0; i < 128; i++)
        {
            // Control characters stand first, in their own order.
            weights[i] = (byte)(Ascii.IndexOf((char)i) is >= 0 and var at ? at + 34 : Math.Min(i, 33));
        }

        return weights;
    }

    // One folded character after the other: marks vanish, ligatures are two letters.
    private ref struct Folded(string text)
    {
        private int _at;
        private char _pending;

        public int Next()
        {
            if (_pending != 0)
            {
                var second = _pending;
                _pending = '\0';
                return second;
            }

            while (_at < text.Length)
            {
                var letter = text[_at++];
                if (letter is >= '\u0300' and <= '\u036f')
                {
                    continue;
                }

                switch (letter)
                {
                    case 'ß' or 'ẞ':
                        _pending = 'S';
                        return 'S';
                    case 'æ' or 'Æ':
                        _pending = 'E';
                        return 'A';
                    case 'œ' or 'Œ':
                        _pending = 'E';
                        return 'O';
                    default:
                        return PlainLetters.Of(letter);
                }
            }

            return -1;
        }
    }
}
