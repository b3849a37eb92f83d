using SynapseFs.Core.Providers;
using SynapseFs.Entities.HiddenRoom;

namespace SynapseFs.Entities.Tests.HiddenRoom;

internal sealed class RoomIdTests
{
    [TestCase(true, "root:project:syn5")]
    [TestCase(false, "inner:project:syn5")]
    public void A_rooms_id_tells_its_directory(bool isRoot, string expected)
    {
        var directory = new RemoteNode(EntityKinds.Project, "syn5", "", Revision: null);

        var id = RoomId.Of(directory, isRoot);

        Assert.That(id.ToString(), Is.EqualTo(expected));
        Assert.That(RoomId.Parse(expected), Is.EqualTo(id));
        Assert.That(RoomId.Parse(expected).Directory, Is.EqualTo(directory));
    }

    [TestCase("projects", true)]
    [TestCase("project", true)]
    [TestCase("folder", true)]
    [TestCase("hidden-room", false)]
    [TestCase("by-id", false)]
    [TestCase("faces", false)]
    public void Directories_of_entities_have_a_hidden_room(string kind, bool expected)
    {
        var directory = new RemoteNode(new NodeKind(kind), "syn5", "", Revision: null);
        var contributor = new HiddenRoomContributor();

        Assert.That(contributor.Find(directory, isRoot: false, ".synapse"), expected ? Is.Not.Null : Is.Null);
        Assert.That(contributor.Find(directory, isRoot: false, "synapse"), Is.Null);
    }

    [Test]
    public async Task Only_the_roots_room_leads_to_ids()
    {
        var provider = new HiddenRoomProvider(status: null);

        Assert.That(await NamesAsync(provider, "root:project:syn5"), Is.EqualTo(new[] { "find", "of", "by-id", "wiki" }));
        Assert.That(await NamesAsync(provider, "inner:folder:syn6"), Is.EqualTo(new[] { "find", "of" }));
    }

    private static async Task<IEnumerable<string>> NamesAsync(HiddenRoomProvider provider, string id) =>
        (await provider.ListAsync(
            new RemoteNode(EntityKinds.HiddenRoom, id, ".synapse", Revision: null), ListingHint.NamesOnly, Urgency.Waiting, CancellationToken.None))
        .Select(child => child.Name);
}
