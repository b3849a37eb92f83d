using Microsoft.Extensions.Logging;
using SynapseFs.Store.Contents;
using SynapseFs.Store.Sqlite;

namespace SynapseFs.Store;

/// <summary>All local state of one mount: state.db, blocks.db and content/, used by one process at a time.</summary>
public sealed class CacheDirectory : IDisposable
{
    private readonly Stack<IDisposable> _owned;
    private readonly RepairNotes _repairs;

    private CacheDirectory(string path, Stack<IDisposable> owned, RepairNotes repairs, JournalTable journal, NodeTable nodes, ContentStore contents)
    {
        (Path, _owned, _repairs) = (path, owned, repairs);
        (Nodes, Contents, Journal) = (nodes, contents, journal);
    }

    public string Path { get; }

    public NodeTable Nodes { get; }

    public ContentStore Contents { get; }

    public JournalTable Journal { get; }

    public StagingArea Staging { get; } = new();

    /// <summary>Sentences about what was found damaged, set aside and rebuilt; empty when all is well. Grows while in use.</summary>
    public IReadOnlyList<string> Repairs => _repairs.Notes;

    /// <summary>Opens the directory, creating what is missing, and takes it for this process.</summary>
    /// <exception cref="StoreException">Busy, NotADirectory, NotWritable, Full, TooNew or InputOutput.</exception>
    public static CacheDirectory Open(string path, StoreOptions options, TimeProvider time, ILoggerFactory log)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1);
        path = System.IO.Path.GetFullPath(path);
        var made = Create(path);
        var logger = log.CreateLogger("SynapseFs.Store");
        var repairs = new RepairNotes();
        var owned = new Stack<IDisposable>();
        try
        {
            owned.Push(CacheLock.Take(path));
            var state = new SqliteFile(path, NodeTable.Layout, repairs, time, logger);
            owned.Push(state);
            var blocks = new SqliteFile(path, ContentIndex.Layout, repairs, time, logger);
            owned.Push(blocks);
            var index = new ContentIndex(blocks, time, logger);
            owned.Push(index);
            var contents = new ContentStore(path, options, index, logger);
            // What is cached gives way to what is known.
            state.MakeRoom = () => contents.MakeRoom($"there is no room for {state.Path}");
            var nodes = new NodeTable(state);
            var journal = new JournalTable(state, nodes);
            owned.Push(journal);
            MakeDurable([path, .. made]);
            return new CacheDirectory(path, owned, repairs, journal, nodes, contents);
        }
        catch
        {
            Release(owned);
            throw;
        }
    }

    /// <summary>Saves what is not yet saved and lets another process have the directory.</summary>
    public void Dispose()
    {
        Contents.Close();
        Release(_owned);
    }

    /// <summary>In the opposite order of taking: the lock goes last.</summary>
    private static void Release(Stack<IDisposable> owned)
    {
        while (owned.TryPop(out var one))
            one.Dispose();
    }

    /// <summary>Returns the directories that have a new directory in them.</summary>
    private static List<string> Create(string path)
    {
        var changed = new List<string>();
        for (var place = path; place is not null && !Directory.Exists(place); place = System.IO.Path.GetDirectoryName(place))
        {
            if (File.Exists(place))
                throw StoreErrors.NotADirectory(place, null);
            if (System.IO.Path.GetDirectoryName(place) is { } parent)
                changed.Add(parent);
        }
        try
        {
            PrivateFiles.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, path);
        }
        return changed;
    }

    /// <summary>Once: a journal that was synced is worth nothing under a name that a power failure takes away.</summary>
    private static void MakeDurable(IEnumerable<string> directories)
    {
        foreach (var directory in directories)
        {
            try
            {
                DiskSync.Names(directory);
            }
            catch (IOException exception)
            {
                throw StoreErrors.ToStoreException(exception, directory);
            }
        }
    }
}
