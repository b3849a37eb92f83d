using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary>Machines on which something is missing, made by mount namespaces.</summary>
internal sealed class PoorMachineTests
{
    private World _world = null!;

    [OneTimeSetUp]
    public async Task StartWorld()
    {
        Machine.RequireRoot();
        Machine.RequireFuse();
        _world = await World.StartAsync();
    }

    [OneTimeTearDown]
    public async Task EndWorld()
    {
        if (_world is not null)
            await _world.DisposeAsync();
    }

    [Test]
    public async Task Without_the_device_the_remedy_for_machines_and_for_containers_is_told()
    {
        var result = await InNamespaceAsync(
            """
            mkdir -p "$T/dev" && mount --bind /dev "$T/dev" && mount -t tmpfs none /dev
            for node in null zero random urandom; do touch /dev/$node; mount --bind "$T/dev/$node" /dev/$node; done
            ln -s /proc/self/fd /dev/fd
            """,
            "");

        Refused(result, "/dev/fuse cannot be opened", "modprobe fuse", "--device /dev/fuse");
    }

    [Test]
    public async Task Without_fusermount3_an_ordinary_user_is_told_to_install_it()
    {
        // A whiteout of the overlay filesystem: the name is gone from the directory.
        var result = await InNamespaceAsync(
            """
            mount -t tmpfs none "$T/hide"
            mount --bind "$T/hide" "$T/hide"
            mkdir -p "$T/hide/up" "$T/hide/work"
            for name in fusermount3 fusermount; do mknod "$T/hide/up/$name" c 0 0; done
            mount -t overlay overlay -o "lowerdir=/usr/bin,upperdir=$T/hide/up,workdir=$T/hide/work" /usr/bin
            chmod 666 /dev/fuse
            """,
            "setpriv --reuid=65534 --regid=65534 --clear-groups");

        Refused(result, "fusermount3", "fuse3");
    }

    [Test]
    public async Task A_full_cache_disk_is_named()
    {
        var result = await InNamespaceAsync(
            """
            mount -t tmpfs -o size=64k none "$T/cache"
            head -c 64k /dev/zero > "$T/cache/filler" || true
            """,
            "");

        Refused(result, "cache", "full");
    }

    /// <summary>Prepares a mount namespace of its own, then mounts in it.</summary>
    private async Task<CommandResult> InNamespaceAsync(string preparation, string runAs)
    {
        var own = $"own-{TestContext.CurrentContext.Test.ID}";
        foreach (var name in new[] { "dev", "hide", "cache", "mnt", own })
            File.SetUnixFileMode(_world.MakeDirectory(name), (UnixFileMode)0x1ff);
        File.SetUnixFileMode(_world.Combine(), (UnixFileMode)0x1ff);
        var environment = _world.Environment();
        environment["T"] = _world.Combine();
        environment["XDG_RUNTIME_DIR"] = _world.Combine(own);
        environment["XDG_CACHE_HOME"] = environment["XDG_STATE_HOME"] = _world.Combine(own);
        var program = await ProgramFiles.CopySynapsefsAsync(_world.Combine());
        var mount = $"{runAs} '{program}' mount --endpoint {_world.Endpoint} --cache-dir \"$T/cache\" {_world.ProjectId} \"$T/mnt\"";
        return await Command.RunAsync("unshare", ["--mount", "bash", "-ec", $"{preparation}\nexec {mount}"], environment);
    }

    private static void Refused(CommandResult result, params string[] expected)
    {
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        foreach (var part in expected)
            Assert.That(result.Error, Does.Contain(part));
    }
}
