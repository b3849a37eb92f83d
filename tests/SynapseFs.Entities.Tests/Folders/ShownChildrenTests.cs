using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Folders;

namespace SynapseFs.Entities.Tests.Folders;

internal sealed class ShownChildrenTests
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Test]
    public void A_header_tells_kind_id_revision_and_dates()
    {
        var child = Show([Header("reads.bam", "syn5", SynapseTypes.File) with { VersionNumber = 3 }]).Single();

        Assert.That(child.Name, Is.EqualTo("reads.bam"));
        Assert.That(child.Kind, Is.EqualTo(EntityKinds.File));
        Assert.That(child.RemoteId, Is.EqualTo("syn5"));
        Assert.That(child.Revision, Is.EqualTo("3@1700000000123"));
        Assert.That(child.Modified, Is.EqualTo(Moment));
        Assert.That(child.Created, Is.EqualTo(Moment.AddDays(-1)));
        Assert.That(child.Details, Is.Null);
    }

    [Test]
    public void A_kind_without_provider_is_shown_as_its_json()
    {
        var children = Show([Header("samples", "syn5", SynapseTypes.Table), Header("new", "syn6", "org.example.Unheard")]);

        Assert.That(children.Select(child => child.Name), Is.EqualTo(new[] { "samples.json", "new.json" }));
        Assert.That(children.Select(child => child.Kind), Is.All.EqualTo(EntityKinds.Document));
    }

    [Test]
    public void A_json_gives_way_to_an_entity_of_its_name()
    {
        var children = Show([Header("samples", "syn5", SynapseTypes.Table), Header("samples.json", "syn6", SynapseTypes.File)]);

        Assert.That(children.Select(child => child.Name), Is.EqualTo(new[] { "samples%syn5.json", "samples.json" }));
    }

    [Test]
    public void A_child_that_two_pages_tell_is_one_child()
    {
        var header = Header("a", "syn5", SynapseTypes.File);

        Assert.That(Show([header, Header("b", "syn6", SynapseTypes.File), header]), Has.Count.EqualTo(2));
    }

    private static IReadOnlyList<RemoteChild> Show(IEnumerable<EntityHeader> headers) => ShownChildren.Of(headers, EntityNames.Plain);

    private static EntityHeader Header(string name, string id, string type) => new()
    {
        Name = name,
        Id = id,
        Type = type,
        VersionNumber = 1,
        ModifiedOn = Moment,
        CreatedOn = Moment.AddDays(-1),
    };
}
