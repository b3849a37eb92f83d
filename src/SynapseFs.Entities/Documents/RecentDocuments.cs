using System.Diagnostics.CodeAnalysis;
using SynapseFs.Store;

namespace SynapseFs.Entities.Documents;

/// <summary>
/// The documents described last, so that opening one right after does not ask for it again and gives just what was described.
/// Bounded; thread-safe.
/// </summary>
internal sealed class RecentDocuments
{
    private const long MaximumBytes = 8 << 20;

    private readonly Lock _lock = new();

    // Both guarded by _lock; the oldest stands first.
    private readonly LinkedList<(ContentKey Key, EntityDocument Document)> _order = [];
    private readonly Dictionary<ContentKey, LinkedListNode<(ContentKey Key, EntityDocument Document)>> _byKey = [];
    private long _bytes;

    public void Add(ContentKey key, EntityDocument document)
    {
        lock (_lock)
        {
            if (_byKey.ContainsKey(key))
                return;
            _byKey[key] = _order.AddLast((key, document));
            _bytes += document.Bytes.Length;
            while (_bytes > MaximumBytes && _order.First is { } oldest && _order.Count > 1)
            {
                _order.RemoveFirst();
                _byKey.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Document.Bytes.Length;
            }
        }
    }

    public bool TryGet(ContentKey key, [NotNullWhen(true)] out EntityDocument? document)
    {
        lock (_lock)
        {
            document = _byKey.TryGetValue(key, out var node) ? node.Value.Document : null;
            return document is not null;
        }
    }
}
