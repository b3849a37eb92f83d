using Microsoft.Extensions.Logging;
using SynapseFs.Store.Contents;
using SynapseFs.Store.Sqlite;
using SynapseFs.Store.Staging;

namespace SynapseFs.Store;

/// <summary>All local state of one mount: state.db, blocks.db, ahead.db, content/ and staging/, used by one process at a time.</summary>
public sealed class CacheDirectory : IDisposable
{
    private readonly Stack<IDisposable> _owned = new();
    private readonly RepairNotes _repairs = new();

    private CacheDirectory(string path, StoreOptions options, TimeProvider time, ILogger log)
    {
        Path = path;
        try
        {
            _owned.Push(CacheLock.Take(path));
            var state = new SqliteFile(path, NodeTable.Layout, _repairs, time, log);
            _owned.Push(state);
            var blocks = new SqliteFile(path, ContentIndex.Layout, _repairs, time, log);
            _owned.Push(blocks);
            var ahead = new SqliteFile(path, AheadTable.Layout, _repairs, time, log);
            _owned.Push(ahead);
            var index = new ContentIndex(blocks, time, log);
            _owned.Push(index);
            Contents = new ContentStore(path, options, index, log);
            // What is cached gives way to what is known.
            state.MakeRoom = () => Contents.MakeRoom($"there is no room for {state.Path}");
            Nodes = new NodeTable(state);
            Ahead = new AheadTable(ahead);
            Doubts = new DoubtTable(state);
            Journal = new JournalTable(state, Nodes);
            _owned.Push(Journal);
            Staging = new StagingArea(path, state, Contents, new StagingRescue(path, _repairs, time, log), log) { Journal = Journal };
            Contents.BeforeAdopting = Journal.Sync;
        }
        catch
        {
            Release();
            throw;
        }
    }

    public string Path { get; }

    public NodeTable Nodes { get; }

    /// <summary>Details that came in bulk before anybody asked.</summary>
    public AheadTable Ahead { get; }

    /// <summary>Contents that were read and are not known to be right.</summary>
    public DoubtTable Doubts { get; }

    public ContentStore Contents { get; }

    public JournalTable Journal { get; }

    public StagingArea Staging { get; }

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
        var cache = new CacheDirectory(path, options, time, log.CreateLogger("SynapseFs.Store"));
        try
        {
            MakeDurable([path, .. made]);
            return cache;
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    /// <summary>Saves what is not yet saved and lets another process have the directory.</summary>
    public void Dispose()
    {
        Contents.Close();
        Release();
    }

    /// <summary>In the opposite order of taking: the lock goes last.</summary>
    private void Release()
    {
        while (_owned.TryPop(out var one))
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
