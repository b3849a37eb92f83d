using System.Globalization;

namespace SynapseFs.Server.Rules;

/// <summary>A Range header against a content's length. Several ranges at once are answered with the whole, as S3 does.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>What to send; null when the header asks for nothing or nonsense and the whole is due.</summary>
    /// <param name="isUnsatisfiable">The range begins behind the end: 416.</param>
    public static ByteRange? Parse(string? header, long total, out bool isUnsatisfiable)
    {
        isUnsatisfiable = false;
        if (header is null || !header.StartsWith("bytes=", StringComparison.Ordinal) || header.Contains(','))
        {
            return null;
        }

        var dash = header.IndexOf('-');
        if (dash < 0)
        {
            return null;
        }

        var first = header[6..dash].Trim();
        var last = header[(dash + 1)..].Trim();
        if (first.Length == 0)
        {
            return Suffix(last, total, out isUnsatisfiable);
        }

        if (!TryNumber(first, out var start) || (last.Length > 0 && (!TryNumber(last, out var end) || end < start)))
        {
            return null;
        }

        isUnsatisfiable = start >= total;
        var stop = last.Length > 0 ? Math.Min(long.Parse(last, CultureInfo.InvariantCulture), total - 1) : total - 1;
        return isUnsatisfiable ? null : new ByteRange(start, stop - start + 1);
    }

    private static ByteRange? Suffix(string text, long total, out bool isUnsatisfiable)
    {
        isUnsatisfiable = false;
        if (!TryNumber(text, out var length))
        {
            return null;
        }

        isUnsatisfiable = length == 0;
        var taken = Math.Min(length, total);
        return isUnsatisfiable ? null : new ByteRange(total - taken, taken);
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
