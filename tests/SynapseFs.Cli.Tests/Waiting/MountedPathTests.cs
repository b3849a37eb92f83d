using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Waiting;

/// <summary>Paths outside of mounts; those inside are in Running/WaitTests.</summary>
internal sealed class MountedPathTests
{
    [Test]
    public void What_does_not_exist_is_told_from_what_lies_elsewhere()
    {
        using var folder = new TemporaryDirectory();
        var registry = new MountRegistry(folder.Combine("run"));

        Assert.That(() => MountedPath.Resolve(folder.Combine("missing"), registry), Throws.TypeOf<CliException>().With.Message.Contains("does not exist"));
        Assert.That(() => MountedPath.Resolve(folder.Path, registry), Throws.TypeOf<CliException>().With.Message.Contains("does not lie in a mount"));
    }
}
