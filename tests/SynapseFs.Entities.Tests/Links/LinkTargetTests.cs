using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Links;

namespace SynapseFs.Entities.Tests.Links;

internal sealed class LinkTargetTests
{
    [TestCase("syn9", null, "/.synapse/by-id/syn9")]
    [TestCase("syn9.4", null, "/.synapse/by-id/syn9.4")]
    [TestCase("syn9.4", "file", "/.synapse/by-id/syn9.4")]
    [TestCase("syn9.4", "folder", "/.synapse/by-id/syn9")]
    [TestCase("syn9", "document", "/.synapse/by-id/syn9.json")]
    [TestCase("syn9.4", "document", "/.synapse/by-id/syn9.4.json")]
    public void Outside_the_mount_a_link_goes_by_id(string target, string? kind, string expected) =>
        Assert.That(LinkTarget.ById(SynapseEntityId.Parse(target), kind is null ? null : new NodeKind(kind)), Is.EqualTo(expected));

    [Test]
    public void Inside_the_mount_a_link_goes_by_the_names_shown()
    {
        EntityHeader[] below = [Element("..", SynapseTypes.Folder), Element("reads.bam", SynapseTypes.File)];

        Assert.That(Inside(below, isTaken: false), Is.EqualTo("/%2E%2E/reads.bam"));
    }

    [Test]
    public void A_link_to_the_root_leads_to_the_root() => Assert.That(Inside([], isTaken: false), Is.EqualTo("/"));

    [TestCase(false, "/tables/samples.json")]
    [TestCase(true, "/tables/samples%syn2.json")]
    public void A_target_shown_as_its_json_has_that_name(bool isTaken, string expected)
    {
        EntityHeader[] below = [Element("tables", SynapseTypes.Folder), Element("samples", SynapseTypes.Table) with { Id = "syn2" }];

        Assert.That(Inside(below, isTaken), Is.EqualTo(expected));
    }

    [Test]
    public void A_way_through_an_unreadable_folder_is_no_way()
    {
        EntityHeader[] below = [Element("Redacted", SynapseTypes.Folder), Element("reads.bam", SynapseTypes.File)];

        Assert.That(Inside(below, isTaken: false), Is.Null);
    }

    private static string? Inside(IReadOnlyList<EntityHeader> below, bool isTaken) => LinkTarget.Inside(below, isTaken, EntityNames.Plain);

    private static EntityHeader Element(string name, string type) => new() { Name = name, Type = type };
}
