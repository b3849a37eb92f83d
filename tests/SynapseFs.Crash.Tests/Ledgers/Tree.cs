namespace SynapseFs.Crash.Tests.Ledgers;

/// <summary>Names and files as they must be. Paths are relative, with slashes; not thread-safe.</summary>
internal sealed class Tree
{
    private const int Directory = 0;

    private readonly SortedDictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FileRecord> _files = [];

    /// <summary>All names; the record of a file, null for a directory.</summary>
    public IEnumerable<(string Path, FileRecord? File)> Names =>
        _names.Select(pair => (pair.Key, pair.Value == Directory ? null : _files[pair.Value]));

    public IReadOnlyList<string> Directories => [.. _names.Where(pair => pair.Value == Directory).Select(pair => pair.Key)];

    public IReadOnlyList<string> Files => [.. _names.Where(pair => pair.Value != Directory).Select(pair => pair.Key)];

    public bool Has(string path) => _names.ContainsKey(path);

    public bool IsEmpty(string directory) => !_names.Keys.Any(name => name.StartsWith(directory + "/", StringComparison.Ordinal));

    /// <summary>Also of a file that lost its name and is still open.</summary>
    public FileRecord? File(int id) => _files.GetValueOrDefault(id);

    public FileRecord FileAt(string path) => _files[_names[path]];

    public void Add(string path, FileRecord file)
    {
        _names.Add(path, file.Id);
        _files.Add(file.Id, file);
    }

    public void AddDirectory(string path) => _names.Add(path, Directory);

    public void Remove(string path) => _names.Remove(path);

    public void Move(string from, string to)
    {
        var moved = _names.Where(pair => pair.Key == from || pair.Key.StartsWith(from + "/", StringComparison.Ordinal)).ToList();
        _names.Remove(to);
        foreach (var (path, _) in moved)
            _names.Remove(path);
        foreach (var (path, id) in moved)
        {
            _names.Add(to + path[from.Length..], id);
            _files.GetValueOrDefault(id)?.MakeSure();
        }
    }

    public Tree Copy()
    {
        var copy = new Tree();
        foreach (var (path, id) in _names)
            copy._names.Add(path, id);
        foreach (var (id, file) in _files)
            copy._files.Add(id, file.Copy());
        return copy;
    }

    /// <summary>After a crash nothing is open: files without a name are gone.</summary>
    public void DropNameless()
    {
        var named = _names.Values.ToHashSet();
        foreach (var id in _files.Keys.Where(id => !named.Contains(id)).ToList())
            _files.Remove(id);
    }
}
