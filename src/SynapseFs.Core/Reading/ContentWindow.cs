using SynapseFs.Vfs;

namespace SynapseFs.Core.Reading;

/// <summary>
/// Which siblings to fetch ahead of a program that opens the files of a directory one after another. It is trusted with more the further
/// it goes, up to what one call leases, and little is handed out anew before most of that is used up: few calls, each for many. Pure.
/// </summary>
internal sealed class ContentWindow
{
    private const int Smallest = 16;
    private const int Growth = 4;
    // A call leases 100; a fifth of the window is still ahead when the next are handed out.
    private const int Largest = 125;
    private const int RestPart = 5;

    // Several threads, or a listing in another order, are still a sequence.
    private const int Near = 8;

    private readonly IReadOnlyList<InodeNumber> _order;
    private readonly Dictionary<InodeNumber, int> _places;
    private int? _last;
    private int _misses;
    private int _width = Smallest;
    private int _handedOut;

    /// <param name="order">The files of the directory in listing order.</param>
    public ContentWindow(IReadOnlyList<InodeNumber> order)
    {
        _order = order;
        _places = new Dictionary<InodeNumber, int>(order.Count);
        for (var place = 0; place < order.Count; place++)
            _places[order[place]] = place;
    }

    /// <summary>A program opened this one; the siblings to fetch now, nearest first.</summary>
    /// <param name="wasMissing">Whether its content was not here: a program that reads what is cached needs no help.</param>
    public IReadOnlyList<InodeNumber> Opened(InodeNumber inode, bool wasMissing)
    {
        if (!_places.TryGetValue(inode, out var place))
            return [];
        if (_last is { } last && Math.Abs(place - last) > Near)
            (_misses, _width, _handedOut) = (0, Smallest, 0);
        _last = place;
        if (wasMissing)
            _misses++;
        var next = place + 1;
        _handedOut = Math.Max(_handedOut, next);
        if (_misses < 2 || _handedOut - next > _width / RestPart)
            return [];
        var from = _handedOut;
        _handedOut = Math.Min(next + _width, _order.Count);
        _width = Math.Min(_width * Growth, Largest);
        return [.. _order.Skip(from).Take(_handedOut - from)];
    }

    /// <summary>From this one on they could not be fetched yet, and are to be handed out again.</summary>
    public void TakeBack(InodeNumber from) => _handedOut = Math.Min(_handedOut, _places[from]);
}
