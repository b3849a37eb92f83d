using SynapseFs.Store;

namespace SynapseFs.Core.Reading;

/// <summary>Contents that turned out to be what bulk details say, so that opening them again asks nobody. Forgets the older ones.</summary>
internal sealed class ConfirmedContents
{
    private const int Most = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<ContentKey> _newer = [];
    private readonly HashSet<ContentKey> _older = [];

    public bool Contains(ContentKey key)
    {
        lock (_lock)
            return _newer.Contains(key) || _older.Contains(key);
    }

    public void Add(ContentKey key)
    {
        lock (_lock)
        {
            if (_newer.Count >= Most)
            {
                _older.Clear();
                _older.UnionWith(_newer);
                _newer.Clear();
            }

            _newer.Add(key);
        }
    }
}
