using Microsoft.Win32.SafeHandles;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// Which inodes the kernel reads from files of ours. It insists that all opens of one inode at one time agree: on one registered file, or
/// on none (fs/fuse/iomode.c; otherwise the open fails with EIO). So the first opener decides, the others follow, and the registration
/// lasts until the last has gone.
/// </summary>
internal sealed class BackingFiles(FuseDevice device)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Use> _inodes = [];

    /// <summary>One more open file of the inode: the number of its backing file, 0 for none. Give it back with <see cref="Close"/>.</summary>
    /// <exception cref="FsException">Busy: others read the inode from a file, and this one comes without.</exception>
    public int Open(ulong inode, SafeFileHandle? file)
    {
        lock (_lock)
        {
            if (!_inodes.TryGetValue(inode, out var use))
                use = new Use(0, file is null ? 0 : device.OpenBacking(file));
            else if (file is null && use.Number != 0)
                throw new FsException(FsError.Busy, $"Inode {inode} is read from a backing file by others.");
            _inodes[inode] = use with { Handles = use.Handles + 1 };
            return use.Number;
        }
    }

    /// <summary>The kernel has let go of one open file.</summary>
    public void Close(ulong inode)
    {
        lock (_lock)
        {
            if (!_inodes.TryGetValue(inode, out var use))
                return;
            if (use.Handles > 1)
            {
                _inodes[inode] = use with { Handles = use.Handles - 1 };
                return;
            }

            _inodes.Remove(inode);
            if (use.Number != 0)
                device.CloseBacking(use.Number);
        }
    }

    private readonly record struct Use(int Handles, int Number);
}
