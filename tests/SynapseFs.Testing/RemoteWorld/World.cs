using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>
/// A remote service in memory: real node providers over a tree that tests change as other people would, with every call written
/// down and a place to hold calls back or let them fail.
/// </summary>
public sealed partial class World
{
    public static readonly NodeKind DirectoryKind = new("test-directory");
    public static readonly NodeKind FileKind = new("test-file");
    public static readonly NodeKind LinkKind = new("test-link");
    public static readonly NodeKind HiddenKind = new("test-hidden");

    /// <summary>A directory of texts that the world understands, in which everything new stays here.</summary>
    public static readonly NodeKind DeskKind = new("test-desk");

    /// <summary>A text in braces, which the world keeps in capitals.</summary>
    public static readonly NodeKind TextKind = new("test-text");
    public static readonly NodeKind ScratchKind = new("test-scratch");

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, WorldNode> _nodes = new();
    private readonly ConcurrentDictionary<string, WorldNode> _everMade = new();
    private readonly ConcurrentDictionary<string, byte[]> _contents = new();
    private readonly ConcurrentQueue<WorldCall> _calls = new();
    private readonly TimeProvider _time;
    private int _lastId;
    private long _bytesSent;

    public World(TimeProvider time)
    {
        _time = time;
        Root = Create("", DirectoryKind);
    }

    public WorldNode Root { get; }

    public RemoteNode RootNode => new(DirectoryKind, Root.Id, "", null);

    /// <summary>Out of reach: every call fails with Offline.</summary>
    public bool IsOffline { get; set; }

    /// <summary>Runs at the start of each call, after it was counted: wait in it to hold a call back, throw in it to let it fail.</summary>
    public Func<WorldCall, CancellationToken, Task>? OnCall { get; set; }

    /// <summary>How many children a single call can tell; 0: no directory can be listed at once.</summary>
    public int MostListedAtOnce { get; set; }

    /// <summary>
    /// Runs on each piece of content before it is sent (the node, its offset, the bytes): change them to damage them, throw to break off.
    /// </summary>
    public Func<WorldNode, long, Memory<byte>, CancellationToken, ValueTask>? OnBytes { get; set; }

    /// <summary>What an index of all files says of each: its details, or others, or null for nothing; null: there is no index.</summary>
    public Func<WorldNode, RemoteDetails, RemoteDetails?>? Index { get; set; }

    /// <summary>Whether somebody named the index, so that it is read at the first look.</summary>
    public bool IsIndexWished { get; set; }

    public IReadOnlyList<WorldCall> Calls => [.. _calls];

    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public NodeProviders Providers => new(
        [
            new WorldProvider(this, DirectoryKind, NodeType.Directory),
            new WorldProvider(this, FileKind, NodeType.File),
            new WorldProvider(this, LinkKind, NodeType.SymbolicLink),
            new WorldProvider(this, DeskKind, NodeType.Directory),
            new WorldProvider(this, TextKind, NodeType.File),
            new WorldProvider(this, ScratchKind, NodeType.File),
            new HiddenProvider(this),
        ],
        [new HiddenContributor()])
    {
        Details = Index is null ? null : new WorldDetails(this),
    };

    public int Count(string verb) => _calls.Count(call => call.Verb == verb);

    public void ForgetCalls()
    {
        _calls.Clear();
        Interlocked.Exchange(ref _bytesSent, 0);
    }

    public WorldNode AddDirectory(WorldNode parent, string name) => Add(parent, Create(name, DirectoryKind));

    /// <summary>A directory with one text in it.</summary>
    public WorldNode AddDesk(WorldNode parent, string name, string text, string content)
    {
        var desk = Add(parent, Create(name, DeskKind));
        AddFile(desk, text, System.Text.Encoding.UTF8.GetBytes(content), TextKind);
        return desk;
    }

    public WorldNode AddFile(WorldNode parent, string name, byte[] bytes) => AddFile(parent, name, bytes, FileKind);

    private WorldNode AddFile(WorldNode parent, string name, byte[] bytes, NodeKind kind)
    {
        var file = Create(name, kind);
        file.Bytes = bytes;
        _contents[file.Key.Id] = bytes;
        return Add(parent, file);
    }

    public WorldNode AddLink(WorldNode parent, string name, string target)
    {
        var link = Create(name, LinkKind);
        link.LinkTarget = target;
        return Add(parent, link);
    }

    public void SetBytes(WorldNode file, byte[] bytes) => Change(file, () =>
    {
        file.Bytes = bytes;
        file.Content++;
        file.SentContent = null;
        _contents[file.Key.Id] = bytes;
        file.Version++;
    });

    public void SetXattr(WorldNode node, string name, string value) => Change(node, () => node.Xattrs[name] = value);

    public void Rename(WorldNode node, string name) => Change(node, () => node.Name = name);

    public void Remove(WorldNode parent, WorldNode node)
    {
        lock (_lock)
        {
            parent.Children.Remove(node);
            node.Parent = null;
        }

        _nodes.TryRemove(node.Id, out _);
    }

    /// <summary>Another person moves it.</summary>
    public void Move(WorldNode node, WorldNode parent, string name) => Change(node, () =>
    {
        node.Parent!.Children.Remove(node);
        parent.Children.Add(node);
        (node.Parent, node.Name) = (parent, name);
    });

    /// <summary>What a file held under that key; old contents can still be had.</summary>
    internal byte[] BytesOf(ContentKey key) => _contents[key.Id];

    /// <summary>Also what was deleted since: who has its content open goes on reading.</summary>
    internal WorldNode EverMade(string id) => _everMade[id];

    internal IReadOnlyList<WorldNode> AllFiles => [.. _nodes.Values.Where(node => node.Kind == FileKind)];

    internal WorldNode? ById(string id) => _nodes.GetValueOrDefault(id);

    internal IReadOnlyList<RemoteChild> ChildrenOf(WorldNode node)
    {
        lock (_lock)
            return [.. node.Children.Select(child => child.ToChild())];
    }

    /// <exception cref="FsException">NotFound.</exception>
    internal WorldNode Require(string id) =>
        _nodes.GetValueOrDefault(id) ?? throw new FsException(FsError.NotFound, $"'{id}' does not exist.");

    internal async Task EnterAsync(WorldCall call, CancellationToken cancellationToken)
    {
        _calls.Enqueue(call);
        if (OnCall is { } hook)
            await hook(call, cancellationToken);
        if (IsOffline)
            throw new FsException(FsError.Offline, "The world is out of reach.");
    }

    internal void Sent(int count) => Interlocked.Add(ref _bytesSent, count);

    private WorldNode Create(string name, NodeKind kind)
    {
        var now = _time.GetUtcNow();
        var node = new WorldNode($"id{Interlocked.Increment(ref _lastId)}", name, kind) { Created = now, Modified = now };
        _nodes[node.Id] = _everMade[node.Id] = node;
        return node;
    }

    private WorldNode Add(WorldNode parent, WorldNode child)
    {
        lock (_lock)
        {
            parent.Children.Add(child);
            child.Parent = parent;
        }

        return child;
    }

    // Two changes in one instant of a standing clock still move the revision.
    private void Change(WorldNode node, Action change)
    {
        lock (_lock)
        {
            change();
            var now = _time.GetUtcNow();
            node.Modified = now > node.Modified ? now : node.Modified.AddMilliseconds(1);
        }
    }
}
