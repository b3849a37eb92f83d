using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>Walking and looking.</summary>
public abstract partial class FileSystemSurface
{
    private const int Step = 128 * 1024;

    protected override async Task<Attributes?> FindAsync(string path)
    {
        var at = await FileSystem.GetAttributesAsync(Somebody, InodeNumber.Root, null, CancellationToken.None);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Attributes.Type != NodeType.Directory || await LookupAsync(at.Attributes.Inode, part) is not { } next)
                return null;
            at = next;
        }

        if (at.IsProvisional)
            at = await FileSystem.GetAttributesAsync(Somebody, at.Attributes.Inode, null, CancellationToken.None);
        return at.Attributes;
    }

    /// <summary>Each name once, a page at a time.</summary>
    protected override async Task<IReadOnlyList<string>> NamesAsync(string path)
    {
        var opened = await FileSystem.OpenDirectoryAsync(Somebody, await RequireAsync(path), CancellationToken.None);
        var listing = new Listing(_kernel);
        for (var before = -1; before != listing.Names.Count;)
        {
            before = listing.Names.Count;
            await FileSystem.ReadDirectoryAsync(Somebody, opened.Handle, listing.Cookie, listing, CancellationToken.None);
        }

        await FileSystem.ReleaseDirectoryAsync(opened.Handle);
        return listing.Names;
    }

    protected override async Task<string> TextAsync(string path, Attributes attributes)
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

    protected override async Task<string> OpenTextAsync(int slot) => Describe(await ReadAllAsync(_kernel.Open[slot].Handle));

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
