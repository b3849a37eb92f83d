using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Store;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests;

/// <summary>The engine over a real store and a scripted world, at a time that stands still unless told otherwise.</summary>
internal sealed class EngineRig : IAsyncDisposable
{
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);
    private readonly TemporaryDirectory _directory = new();
    private CacheDirectory _cache;

    public EngineRig(MountOptions? options = null, bool takesBackingFiles = false, Action<World>? prepare = null)
    {
        World = new World(Time);
        Kernel = new RecordingKernelCache { TakesBackingFiles = takesBackingFiles };
        prepare?.Invoke(World);
        Options = options ?? new MountOptions();
        (_cache, FileSystem) = Start();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public World World { get; }

    public MountOptions Options { get; private set; }

    public RemoteFileSystem FileSystem { get; private set; }

    public RecordingKernelCache Kernel { get; }

    public CacheDirectory Cache => _cache;

    public string CachePath => _directory.Path;

    public async Task RestartAsync(MountOptions? options = null)
    {
        await StopAsync();
        Options = options ?? Options;
        (_cache, FileSystem) = Start();
    }

    public async Task StopAsync()
    {
        await FileSystem.DisposeAsync();
        _cache.Dispose();
    }

    /// <summary>Lets all leases end, without waking what waits for the time to pass.</summary>
    public void EndLeases() => Time.SetUtcNow(Time.GetUtcNow() + Ttl + TimeSpan.FromMilliseconds(1));

    public async Task<Entry?> LookupAsync(InodeNumber parent, string name) =>
        await FileSystem.LookupAsync(Caller.Internal, parent, FileName.Create(name), CancellationToken.None);

    /// <summary>
    /// Looks a path up and asks for the attributes that the last name did not tell, keeping all references, as a kernel does for stat: what
    /// went in between is looked for once more.
    /// </summary>
    public async Task<Attributes> WalkAsync(string path)
    {
        try
        {
            return await WalkOnceAsync(path);
        }
        catch (FsException failure) when (failure.Error == FsError.Stale)
        {
            return await WalkOnceAsync(path);
        }
    }

    public async Task<Attributes> StatAsync(InodeNumber inode) =>
        (await FileSystem.GetAttributesAsync(Caller.Internal, inode, null, CancellationToken.None)).Attributes;

    private async Task<Attributes> WalkOnceAsync(string path)
    {
        var at = default(Entry);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = await LookupAsync(at.Attributes?.Inode ?? InodeNumber.Root, part) ?? throw new FsException(FsError.NotFound, path);
        return at.IsProvisional ? await StatAsync(at.Attributes.Inode) : at.Attributes;
    }

    public async Task<OpenResult> OpenAsync(InodeNumber inode) =>
        await FileSystem.OpenAsync(Caller.Internal, inode, OpenMode.Read, CancellationToken.None);

    public async Task<HandleNumber> OpenAsync(string path) => (await OpenAsync((await WalkAsync(path)).Inode)).Handle;

    public Task<byte[]> ReadAsync(HandleNumber handle, long offset, int count) =>
        ReadAsync(handle, offset, count, CancellationToken.None);

    public async Task<byte[]> ReadAsync(HandleNumber handle, long offset, int count, CancellationToken cancellationToken)
    {
        var buffer = new byte[count];
        var read = await FileSystem.ReadAsync(Caller.Internal, handle, offset, buffer, cancellationToken);
        return buffer[..read];
    }

    /// <summary>Reads to the end as a kernel does, in steps.</summary>
    public async Task<byte[]> ReadAllAsync(HandleNumber handle, int step = 128 * 1024)
    {
        using var all = new MemoryStream();
        while (true)
        {
            var piece = await ReadAsync(handle, all.Length, step);
            all.Write(piece);
            if (piece.Length < step)
                return all.ToArray();
        }
    }

    public async Task<IReadOnlyList<string>> NamesAsync(InodeNumber directory) =>
        [.. (await EntriesAsync(directory, wantsDetails: false)).Select(entry => entry.Name.Value)];

    public async Task<IReadOnlyList<DirectoryEntry>> EntriesAsync(InodeNumber directory, bool wantsDetails, int atOnce = 100)
    {
        var opened = await FileSystem.OpenDirectoryAsync(Caller.Internal, directory, CancellationToken.None);
        var all = new List<DirectoryEntry>();
        while (true)
        {
            var writer = new ListWriter(wantsDetails, atOnce);
            await FileSystem.ReadDirectoryAsync(
                Caller.Internal, opened.Handle, all.Count == 0 ? 0 : all[^1].NextCookie, writer, CancellationToken.None);
            if (writer.Entries.Count == 0)
                break;
            all.AddRange(writer.Entries);
        }

        await FileSystem.ReleaseDirectoryAsync(opened.Handle);
        return all;
    }

    public async Task<string?> XattrAsync(InodeNumber inode, string name) =>
        await FileSystem.GetXattrAsync(Caller.Internal, inode, name, CancellationToken.None) is { } value
            ? Encoding.UTF8.GetString(value.Span)
            : null;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private (CacheDirectory Cache, RemoteFileSystem FileSystem) Start()
    {
        var cache = CacheDirectory.Open(_directory.Path, new StoreOptions { BlockSize = 128 * 1024 }, Time, NullLoggerFactory.Instance);
        var fileSystem = new RemoteFileSystem(cache, World.Providers, World.RootNode, Options, Time, NullLoggerFactory.Instance);
        fileSystem.Attach(Kernel);
        return (cache, fileSystem);
    }
}
