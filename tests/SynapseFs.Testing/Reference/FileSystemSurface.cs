using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>Carries steps out on a filesystem as its kernel and one program above it would.</summary>
public abstract partial class FileSystemSurface : TreeSurface
{
    private readonly KernelTables _kernel = new();

    /// <summary>The one that is mounted now.</summary>
    protected abstract IFileSystem FileSystem { get; }

    protected override IReadOnlyDictionary<int, OpenMode> OpenModes => _kernel.Open.ToDictionary(open => open.Key, open => open.Value.Mode);

    /// <summary>The kernel gives back whatever is not in use.</summary>
    protected override Task ForgetAsync()
    {
        _kernel.ForgetUnused(FileSystem);
        return Task.CompletedTask;
    }

    /// <summary>What the kernel knew of the filesystem that was mounted before is void.</summary>
    protected override Task RemountAsync(bool emptyCache)
    {
        _kernel.Clear();
        return Task.CompletedTask;
    }
}
