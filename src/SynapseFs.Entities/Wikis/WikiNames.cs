using System.Text;
using SynapseFs.Api;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Wikis;

/// <summary>
/// Titles of pages as names of directories, and back. A title is shown as it is, but for '/', NUL, a '%' that would begin an escape, and
/// what a directory keeps for itself. Titles need not be unique and may be missing: then the page's id stands behind a '%'. Pure.
/// </summary>
internal static class WikiNames
{
    /// <summary>The text of each page.</summary>
    public const string Text = "Home.md";

    /// <summary>The order of all pages, in the directory of the root page.</summary>
    public const string Order = ".order";

    // What is called as the text or the order is.
    private const string ShiftedText = "%48ome.md";
    private const string ShiftedOrder = "%2Eorder";

    /// <summary>The service's column.</summary>
    private const int LongestTitle = 256;

    /// <summary>The names of pages that stand beside each other, in their order.</summary>
    /// <param name="taken">Names that are shown beside them already.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<WikiHeader> pages, IEnumerable<string> taken)
    {
        var used = taken.ToHashSet(StringComparer.Ordinal);
        return [.. pages.Select(page => Of(page, used))];
    }

    /// <summary>The title that is shown so; null when none ever is.</summary>
    public static string? TitleOf(string shown)
    {
        var title = Unescape(shown);
        return title.Length <= LongestTitle && Escape(title) == shown ? title : null;
    }

    /// <summary>Whether a new page may be called so.</summary>
    /// <exception cref="FsException">InvalidArgument or NameTooLong, with the reason.</exception>
    public static void CheckTitle(string shown)
    {
        if (!NameEscapes.CanEncode(shown))
            throw new FsException(FsError.InvalidArgument, "A title that is no UTF-8 cannot be kept; give it another name.");
        if (string.IsNullOrWhiteSpace(shown))
            throw new FsException(FsError.InvalidArgument, "A page needs a title of more than blanks.");
        if (shown is Text or Order)
            throw new FsException(
                FsError.InvalidArgument, $"'{shown}' is the {(shown == Text ? "text of the page" : "order of the pages")}, so a page cannot be called so.");
        var title = Unescape(shown);
        if (title.Length > LongestTitle)
            throw new FsException(
                FsError.NameTooLong, $"'{title[..40]}…' is too long for a page's title: {title.Length} characters, and {LongestTitle} are the most.");
        if (Escape(title) != shown)
            throw new FsException(FsError.InvalidArgument, $"A page called '{title}' is shown as '{Escape(title)}': call it so, or without '%'.");
    }

    /// <summary>Whether a page is shown so, whatever stands beside it.</summary>
    public static bool IsShownAs(string? title, string? page, string shown)
    {
        var own = Escape(title ?? "");
        return shown == own || shown == $"{own}%{page}" || shown == $"%{page}";
    }

    public static string AttachmentShown(string name, EntityNames names) => name switch
    {
        Text => ShiftedText,
        Order => ShiftedOrder,
        _ => names.ToShown(name),
    };

    /// <summary>The file name that is shown so; null when none ever is.</summary>
    public static string? AttachmentOf(string shown, EntityNames names) => shown switch
    {
        ShiftedText => Text,
        ShiftedOrder => Order,
        _ => names.ToEntity(shown),
    };

    private static string Of(WikiHeader page, HashSet<string> used)
    {
        var shown = Escape(page.Title ?? "");
        var isName = !string.IsNullOrWhiteSpace(shown) && NameEscapes.CanEncode(shown) && Encoding.UTF8.GetByteCount(shown) <= FileName.MaximumBytes - 24;
        if (isName && used.Add(shown))
            return shown;
        shown = $"{(isName ? shown : "")}%{page.Id}";
        used.Add(shown);
        return shown;
    }

    private static string Escape(string title)
    {
        if (title is "." or "..")
            return title.Replace(".", "%2E", StringComparison.Ordinal);
        if (title == Text)
            return ShiftedText;
        if (title == Order)
            return ShiftedOrder;
        var text = new StringBuilder(title.Length + 6);
        for (var at = 0; at < title.Length; at++)
        {
            text.Append(title[at] switch
            {
                '/' => "%2F",
                '\0' => "%00",
                '%' when LooksEscaped(title, at) => "%25",
                var sign => sign.ToString(),
            });
        }

        return text.ToString();
    }

    private static string Unescape(string shown)
    {
        var text = new StringBuilder(shown.Length);
        for (var at = 0; at < shown.Length; at++)
        {
            var sign = at + 2 < shown.Length && shown[at] == '%' ? MeaningOf(shown.AsSpan(at + 1, 2)) : null;
            text.Append(sign ?? shown[at]);
            at += sign is null ? 0 : 2;
        }

        return text.ToString();
    }

    private static char? MeaningOf(ReadOnlySpan<char> digits) => digits switch
    {
        "2F" => '/',
        "00" => '\0',
        "25" => '%',
        "2E" => '.',
        "48" => 'H',
        _ => null,
    };

    private static bool LooksEscaped(string title, int at) =>
        at + 2 < title.Length && char.IsAsciiHexDigit(title[at + 1]) && char.IsAsciiHexDigit(title[at + 2]);
}
