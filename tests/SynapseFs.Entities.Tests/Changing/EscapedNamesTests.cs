using SynapseFs.Core.Providers;
using SynapseFs.Entities.Tests.Support;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class EscapedNamesTests
{
    private const string Name = "Zähler: α→ω? .csv";

    private World _world = null!;
    private Writer _escaping = null!;

    [SetUp]
    public async Task Start()
    {
        _world = await World.StartAsync();
        _escaping = _world.As(_world.Server.FirstUser, NamingMode.Escape);
    }

    [TearDown]
    public async Task Stop()
    {
        await _escaping.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task What_synapse_does_not_hold_is_made_listed_found_and_changed_under_its_own_name()
    {
        var provider = _escaping.Kinds[EntityKinds.Project];
        var made = await _escaping.CreateFileAsync(Name, "hello");

        var listed = await provider.ListAsync(_world.Project, ListingHint.NamesOnly, Urgency.Waiting, CancellationToken.None);
        var found = await provider.FindAsync(_world.Project, Name, Urgency.Waiting, CancellationToken.None);
        var known = listed.Select(child => new KnownChild(child.Name, child.Kind, child.RemoteId, child.Revision)).ToList();
        var unchanged = await provider.IsUnchangedAsync(_world.Project, known, Urgency.Waiting, CancellationToken.None);
        var entity = await _world.GetAsync(made.RemoteId);
        var renamed = await _escaping.RenameAsync(made, "日本");

        Assert.That(entity.Name, Is.EqualTo("Z(xE4)hler(x3A) (x3B1)(x2192)(x3C9)(x3F) .csv"));
        Assert.That(listed.Select(child => child.Name), Is.EqualTo(new[] { Name }));
        Assert.That((found?.RemoteId, unchanged), Is.EqualTo((made.RemoteId, true)));
        Assert.That((renamed.Name, (await _world.GetAsync(made.RemoteId)).Name), Is.EqualTo(("日本", "(x65E5)(x672C)")));
    }

    [Test]
    public async Task Links_lead_by_the_names_shown()
    {
        var file = await _escaping.CreateFileAsync(Name, "hello");

        Assert.That((await _escaping.CreateLinkAsync("→", file.RemoteId)).Details!.LinkTarget, Is.EqualTo("/" + Name));
    }

    [Test]
    public async Task A_table_beside_a_file_of_its_documents_name_gives_way()
    {
        var table = await _world.AddTableAsync("t(xE9)");
        await _escaping.CreateFileAsync("t(xE9).json", "{}");

        var listed = await _escaping.Kinds[EntityKinds.Project].ListAsync(
            _world.Project, ListingHint.NamesOnly, Urgency.Waiting, CancellationToken.None);

        Assert.That(listed.Select(child => child.Name), Is.EquivalentTo(new[] { $"t(xE9)%{table}.json", "t(xE9).json" }));
    }

    [Test]
    public async Task Without_the_mode_an_escape_is_shown_as_it_stands()
    {
        await _escaping.CreateFolderAsync("é");

        Assert.That((await _world.ListAsync(_world.Project)).Single().Name, Is.EqualTo("(xE9)"));
    }
}
