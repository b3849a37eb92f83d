using System.Globalization;

namespace SynapseFs.Core.Staging;

/// <summary>
/// Which bytes of a content were written: ranges in order that neither overlap nor touch. Pure; not thread-safe.
/// </summary>
internal sealed class ExtentSet
{
    private readonly List<Extent> _extents = [];

    /// <summary>In order, as they are now.</summary>
    public IReadOnlyList<Extent> Ranges => _extents;

    public bool IsEmpty => _extents.Count == 0;

    /// <summary>The end of the last range; 0 when there is none.</summary>
    public long End => _extents.Count == 0 ? 0 : _extents[^1].To;

    /// <exception cref="FormatException">It is not what <see cref="ToText"/> writes.</exception>
    public static ExtentSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var set = new ExtentSet();
        if (text.Length == 0)
            return set;
        foreach (var range in text.AsSpan().Split(','))
            set._extents.Add(ParseExtent(text.AsSpan()[range], set.End, set.IsEmpty));
        return set;
    }

    /// <summary>As the journal keeps it: <c>from-to</c> with commas between; empty for none.</summary>
    public string ToText() => string.Join(',', _extents.Select(extent => string.Create(
        CultureInfo.InvariantCulture, $"{extent.From}-{extent.To}")));

    public void Add(long from, long to)
    {
        Require(from, to);
        if (from == to)
            return;
        // Those that it touches become one with it.
        var first = FirstEndingFrom(from);
        var last = first;
        while (last < _extents.Count && _extents[last].From <= to)
        {
            from = Math.Min(from, _extents[last].From);
            to = Math.Max(to, _extents[last].To);
            last++;
        }

        Replace(first, last, new Extent(from, to));
    }

    public void Remove(long from, long to)
    {
        Require(from, to);
        if (from == to)
            return;
        var first = FirstEndingFrom(from + 1);
        var last = first;
        while (last < _extents.Count && _extents[last].From < to)
            last++;
        if (first == last)
            return;
        var (before, after) = (new Extent(_extents[first].From, from), new Extent(to, _extents[last - 1].To));
        _extents.RemoveRange(first, last - first);
        if (after.Length > 0)
            _extents.Insert(first, after);
        if (before.Length > 0)
            _extents.Insert(first, before);
    }

    /// <summary>Forgets everything from that offset on.</summary>
    public void Clip(long length) => Remove(length, long.MaxValue);

    /// <summary>Whether all of it was written; of nothing that is true.</summary>
    public bool Contains(long from, long to)
    {
        Require(from, to);
        return from == to || NextOut(from) >= to;
    }

    /// <summary>What of it was not written, in order.</summary>
    public IReadOnlyList<Extent> Gaps(long from, long to)
    {
        Require(from, to);
        var gaps = new List<Extent>();
        for (var at = NextOut(from); at < to; at = NextOut(at))
        {
            var end = Math.Min(NextIn(at) ?? to, to);
            gaps.Add(new Extent(at, end));
            at = end;
        }

        return gaps;
    }

    /// <summary>The first written offset from there on; null when there is none.</summary>
    public long? NextIn(long offset)
    {
        var index = FirstEndingFrom(offset + 1);
        return index == _extents.Count ? null : Math.Max(offset, _extents[index].From);
    }

    /// <summary>The first offset from there on that was not written.</summary>
    public long NextOut(long offset)
    {
        var index = FirstEndingFrom(offset + 1);
        return index < _extents.Count && _extents[index].From <= offset ? _extents[index].To : offset;
    }

    private static Extent ParseExtent(ReadOnlySpan<char> text, long previous, bool isFirst)
    {
        var dash = text.IndexOf('-');
        if (dash < 0
            || !long.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !long.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            || from >= to
            || (!isFirst && from <= previous))
            throw new FormatException($"'{text}' is no range of written bytes, or out of order.");
        return new Extent(from, to);
    }

    private static void Require(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
    }

    private void Replace(int first, int last, Extent extent)
    {
        if (first == last)
        {
            _extents.Insert(first, extent);
            return;
        }

        _extents[first] = extent;
        _extents.RemoveRange(first + 1, last - first - 1);
    }

    /// <summary>The index of the first range that ends at that offset or later.</summary>
    private int FirstEndingFrom(long offset)
    {
        var (low, high) = (0, _extents.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_extents[middle].To < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
