using SynapseFs.Conformance;

namespace SynapseFs.Fuse.Tests.Mounts;

// Every fixture twice: answered on the reader's thread, and answered later from the pool.

[TestFixture("")]
[TestFixture("--hops")]
public sealed class ReadConformanceTests(string option) : PosixReadChecks
{
    private readonly MountFixture _mount = new();

    protected override string Root => _mount.Root;

    [OneTimeSetUp]
    public Task Mount() => _mount.StartAsync(["--sample", "--read-only", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    [OneTimeTearDown]
    public async Task Unmount() => await _mount.DisposeAsync();
}

public sealed class ReadOnlyConformanceTests : PosixReadOnlyChecks
{
    private readonly MountFixture _mount = new();

    protected override string Root => _mount.Root;

    [OneTimeSetUp]
    public Task Mount() => _mount.StartAsync("--sample", "--read-only");

    [OneTimeTearDown]
    public async Task Unmount() => await _mount.DisposeAsync();
}

[TestFixture("")]
[TestFixture("--hops")]
public sealed class WriteConformanceTests(string option) : PosixWriteChecks
{
    private readonly MountFixture _mount = new();

    protected override string Root => _mount.Root;

    [OneTimeSetUp]
    public Task Mount() => _mount.StartAsync(option.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [OneTimeTearDown]
    public async Task Unmount() => await _mount.DisposeAsync();
}

[TestFixture("")]
[TestFixture("--hops")]
public sealed class NameConformanceTests(string option) : PosixNameChecks
{
    private readonly MountFixture _mount = new();

    protected override string Root => _mount.Root;

    [OneTimeSetUp]
    public Task Mount() => _mount.StartAsync(option.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [OneTimeTearDown]
    public async Task Unmount() => await _mount.DisposeAsync();
}
