using SynapseFs.Testing.Processes;

namespace SynapseFs.Fuse.Tests.Mounts;

/// <summary>The mount that the checks of one fixture share.</summary>
internal sealed class MountFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private MemoryMountProcess? _mount;

    public string Root => _directory.Path;

    public async Task StartAsync(params string[] options)
    {
        FuseDeviceAccess.Require();
        _mount = await MemoryMountProcess.StartAsync(Root, options);
    }

    /// <summary>Ends the mount; what a test left open on the kernel's or on our side would show here.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_mount is not null)
        {
            var ended = await _mount.TerminateAsync();
            await _mount.DisposeAsync();
            Assert.That(ended, Is.Zero);
            Assert.That(MountTable.Find(Root), Is.Null);
        }

        _directory.Dispose();
    }
}
