using SynapseFs.Api;

namespace SynapseFs.Entities.Tests;

internal sealed class SynapseKindsTests
{
    [TestCase(SynapseTypes.Project, "project")]
    [TestCase(SynapseTypes.Folder, "folder")]
    public void Projects_and_folders_can_be_a_root(string type, string kind)
    {
        var root = SynapseKinds.RootOf(new Entity { Id = "syn5", ConcreteType = type })!;

        Assert.That((root.Kind.Name, root.RemoteId), Is.EqualTo((kind, "syn5")));
    }

    [TestCase(SynapseTypes.File)]
    [TestCase(SynapseTypes.Link)]
    [TestCase(SynapseTypes.Table)]
    public void Nothing_else_can(string type) => Assert.That(SynapseKinds.RootOf(new Entity { Id = "syn5", ConcreteType = type }), Is.Null);
}
