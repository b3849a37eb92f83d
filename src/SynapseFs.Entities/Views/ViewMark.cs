using System.Globalization;

namespace SynapseFs.Entities.Views;

/// <summary>How far a view was read. Pure.</summary>
/// <param name="Etag">The view's definition then: another one, and all is read anew.</param>
/// <param name="ReadOn">When all of it was last read.</param>
/// <param name="Newest">The latest change of any file that it told.</param>
internal sealed record ViewMark(string Etag, DateTimeOffset ReadOn, DateTimeOffset Newest)
{
    // A view is brought up to date in no particular order: what changed so long before the newest may still be to come.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    // What changed without a new date, or came later than that, is caught by reading all again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The moment from which changes are to be read; null: all is to be read.</summary>
    public static DateTimeOffset? Since(ViewMark? before, FileView view, DateTimeOffset now) =>
        before is not null && before.Etag == view.Etag && now - before.ReadOn < Lifetime ? before.Newest - Overlap : null;

    /// <summary>Null for what is no mark of this version of the program.</summary>
    public static ViewMark? Parse(string? text)
    {
        if (text?.Split('|') is not [var etag, var readOn, var newest]
            || !long.TryParse(readOn, CultureInfo.InvariantCulture, out var read)
            || !long.TryParse(newest, CultureInfo.InvariantCulture, out var latest))
            return null;
        return new ViewMark(etag, DateTimeOffset.FromUnixTimeMilliseconds(read), DateTimeOffset.FromUnixTimeMilliseconds(latest));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Etag}|{ReadOn.ToUnixTimeMilliseconds()}|{Newest.ToUnixTimeMilliseconds()}");
}
