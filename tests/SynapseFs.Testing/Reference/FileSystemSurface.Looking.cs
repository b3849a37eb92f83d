using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>Walking and looking.</summary>
public abstract partial class FileSystemSurface
{
    private const int Step = 128 * 1024;

    /// <summary>What the path leads to; null when a name of it is not there.</summary>
    protected async Task<Entry?> FindAsync(string path)
    {
        var at = await FileSystem.GetAttributesAsync(Somebody, InodeNumber.Root, null, CancellationToken.None);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Attributes.Type != NodeType.Directory || await LookupAsync(at.Attributes.Inode, part) is not { } next)
                return null;
            at = next;
        }

        return at;
    }

    /// <summary>Names of a directory, each once.</summary>
    protected async Task<IReadOnlyList<string>> NamesAsync(InodeNumber directory)
    {
        var opened = await FileSystem.OpenDirectoryAsync(Somebody, directory, CancellationToken.None);
        var listing = new Listing(_kernel);
        for (var before = -1; before != listing.Names.Count;)
        {
            before = listing.Names.Count;
            await FileSystem.ReadDirectoryAsync(Somebody, opened.Handle, listing.Cookie, listing, CancellationToken.None);
        }

        await FileSystem.ReleaseDirectoryAsync(opened.Handle);
        return listing.Names;
    }

    private async Task<Entry?> LookupAsync(InodeNumber parent, string name)
    {
        var entry = await FileSystem.LookupAsync(Somebody, parent, FileName.Create(name), CancellationToken.None);
        if (entry is { } found)
            _kernel.Count(found);
        return entry;
    }

    /// <exception cref="FsException">As a path walk fails.</exception>
    private async Task<InodeNumber> RequireAsync(string path)
    {
        var at = InodeNumber.Root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = await LookupAsync(at, part) ?? throw new FsException(FsError.NotFound, path);
            at = next.Attributes.Inode;
        }

        return at;
    }

    // A kernel looks the last name up as well, before it asks for a change of it.
    private async Task<InodeNumber> RequireParentAsync(string path)
    {
        var parent = await RequireAsync(ParentOf(path));
        await LookupAsync(parent, NameOf(path));
        return parent;
    }

    private async Task AddTreeAsync(InodeNumber directory, string path, List<string> lines)
    {
        foreach (var name in (await NamesAsync(directory)).Order(StringComparer.Ordinal))
        {
            var place = $"{path}/{name}";
            if (await LookupAsync(directory, name) is not { } entry)
                lines.Add($"{place} is listed and not there");
            else if (entry.Attributes.Type == NodeType.Directory)
            {
                lines.Add($"{place} is a directory");
                await AddTreeAsync(entry.Attributes.Inode, place, lines);
            }
            else
                lines.Add($"{place} = {await FileTextAsync(entry.Attributes)}");
        }
    }

    /// <summary>The bytes of a file, in words.</summary>
    protected async Task<string> FileTextAsync(Attributes attributes)
    {
        var opened = await FileSystem.OpenAsync(Somebody, attributes.Inode, OpenMode.Read, CancellationToken.None);
        try
        {
            var bytes = await ReadAllAsync(opened.Handle);
            return bytes.Length == attributes.Length ? Describe(bytes) : $"{Describe(bytes)} where there should be {attributes.Length}";
        }
        finally
        {
            await FileSystem.ReleaseAsync(opened.Handle);
        }
    }

    private async Task<byte[]> ReadAllAsync(HandleNumber handle)
    {
        using var all = new MemoryStream();
        var buffer = new byte[Step];
        int count;
        do
        {
            count = await FileSystem.ReadAsync(Somebody, handle, all.Length, buffer, CancellationToken.None);
            all.Write(buffer, 0, count);
        }
        while (count == buffer.Length);
        return all.ToArray();
    }

    /// <summary>Takes a few entries at a time, with their details, as a kernel's page of a listing.</summary>
    private sealed class Listing(KernelTables kernel) : IDirectoryWriter
    {
        private const int Room = 3;

        public List<string> Names { get; } = [];

        public long Cookie { get; private set; }

        public bool WantsDetails => true;

        private int Taken { get; set; }

        public bool TryAdd(in DirectoryEntry entry)
        {
            if (Taken == Room)
            {
                Taken = 0;
                return false;
            }

            Taken++;
            Names.Add(entry.Name.Value);
            Cookie = entry.NextCookie;
            if (entry.Details is { } details)
                kernel.Count(details);
            return true;
        }
    }
}
