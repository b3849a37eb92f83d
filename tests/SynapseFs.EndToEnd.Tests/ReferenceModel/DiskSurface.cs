using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Reference;
using SynapseFs.Vfs;

namespace SynapseFs.EndToEnd.Tests.ReferenceModel;

/// <summary>A directory of the local disk: what Linux itself does, so that the reference is no opinion.</summary>
internal sealed class DiskSurface : PathSurface
{
    private readonly TemporaryDirectory _directory = new();

    public DiskSurface() => Directory.CreateDirectory(Root);

    protected override string Root => _directory.Combine("tree");

    /// <summary>Whether the disk knows every step: some filesystems cannot zero ranges.</summary>
    public static async Task<bool> CanAllocateAsync()
    {
        await using var surface = new DiskSurface();
        await surface.RunAsync(new OpenStep(0, "f", OpenMode.ReadWrite, Creates: true));
        return await surface.RunAsync(new AllocateStep(0, 0, 1, AllocateMode.ZeroRange)) == "allocated, 1";
    }

    public override ValueTask DisposeAsync()
    {
        Abandon();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task ForgetAsync() => Task.CompletedTask;

    protected override Task<string?> SettleAsync() => Task.FromResult<string?>(null);

    protected override Task RemountAsync(bool emptyCache) => Task.CompletedTask;

    protected override async Task ChangeRemotelyAsync(TreeStep change)
    {
        switch (change)
        {
            case RemoteWriteStep write:
                // A new file in the old one's place, so that whoever has that open reads on.
                var aside = _directory.Combine("aside");
                await File.WriteAllBytesAsync(aside, Filled(write.Count, write.Fill));
                File.Move(aside, At(write.Path), overwrite: true);
                break;
            case RemoteMakeDirectoryStep make:
                Directory.CreateDirectory(At(make.Path));
                break;
            case RemoteRemoveStep remove when File.Exists(At(remove.Path)):
                File.Delete(At(remove.Path));
                break;
            case RemoteRemoveStep remove:
                Directory.Delete(At(remove.Path), recursive: true);
                break;
            case RemoteMoveStep move:
                Directory.Move(At(move.From), At(move.To));
                break;
        }
    }
}
