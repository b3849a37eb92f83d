using SynapseFs.Vfs;

namespace SynapseFs.Core.Tree;

/// <summary>
/// Which siblings to describe ahead of a program that goes through a directory one by one. Pure bookkeeping: the window follows
/// the program and never runs further than its width, so a program that stops stops it.
/// </summary>
internal sealed class SiblingWindow
{
    private readonly IReadOnlyList<InodeNumber> _order;
    private readonly Dictionary<InodeNumber, int> _places;
    private readonly int _width;
    private int _handedOut;

    /// <param name="order">The files of the directory in listing order.</param>
    /// <param name="width">How far ahead of the last one asked for.</param>
    public SiblingWindow(IReadOnlyList<InodeNumber> order, int width)
    {
        _order = order;
        _width = width;
        _places = new Dictionary<InodeNumber, int>(order.Count);
        for (var i = 0; i < order.Count; i++)
            _places[order[i]] = i;
    }

    /// <summary>A program asked for this one's details; the siblings to describe now, nearest first.</summary>
    public IEnumerable<InodeNumber> Next(InodeNumber asked)
    {
        if (!_places.TryGetValue(asked, out var place))
            return [];
        // A program that turned back, or jumped, is followed to where it is now.
        if (place + 1 > _handedOut || _handedOut > place + 1 + _width)
            _handedOut = place + 1;
        var from = _handedOut;
        _handedOut = Math.Min(place + 1 + _width, _order.Count);
        return _order.Skip(from).Take(_handedOut - from);
    }
}
