using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Folders;

namespace SynapseFs.Entities.Tests.Folders;

internal sealed class ChildrenProbeTests
{
    private static readonly EntityHeader File = Header("a.txt", "syn1", SynapseTypes.File, 10);
    private static readonly EntityHeader Table = Header("samples", "syn2", SynapseTypes.Table, 9);
    private static readonly EntityHeader Folder = Header(".", "syn3", SynapseTypes.Folder, 8);
    private static readonly IReadOnlyList<KnownChild> Known =
    [
        .. ShownChildren.Of([File, Table, Folder], EntityNames.Plain)
            .Select(child => new KnownChild(child.Name, child.Kind, child.RemoteId, child.Revision)),
    ];

    [Test]
    public void The_same_page_and_total_mean_nothing_changed() => Assert.That(IsUnchanged(3, File, Table, Folder), Is.True);

    [Test]
    public void A_page_that_is_only_the_newest_part_is_enough() => Assert.That(IsUnchanged(3, File), Is.True);

    [Test]
    public void An_empty_directory_stays_empty()
    {
        Assert.That(ChildrenProbe.IsUnchanged(new EntityChildrenResponse { TotalChildCount = 0 }, [], EntityNames.Plain), Is.True);
        Assert.That(ChildrenProbe.IsUnchanged(new EntityChildrenResponse { TotalChildCount = 0 }, Known, EntityNames.Plain), Is.False);
    }

    [Test]
    public void A_total_that_moved_is_a_change()
    {
        Assert.That(IsUnchanged(2, File, Table), Is.False);
        Assert.That(IsUnchanged(4, File, Table, Folder), Is.False);
    }

    [Test]
    public void One_gone_and_another_come_is_a_change() =>
        Assert.That(IsUnchanged(3, Header("b.txt", "syn9", SynapseTypes.File, 11), File, Table), Is.False);

    [Test]
    public void A_new_date_a_new_version_and_a_new_name_are_changes()
    {
        Assert.That(IsUnchanged(3, Header("a.txt", "syn1", SynapseTypes.File, 11), Table, Folder), Is.False);
        Assert.That(IsUnchanged(3, File with { VersionNumber = 2 }, Table, Folder), Is.False);
        Assert.That(IsUnchanged(3, File with { Name = "b.txt" }, Table, Folder), Is.False);
        Assert.That(IsUnchanged(3, File, Table with { Name = "others" }, Folder), Is.False);
    }

    [Test]
    public void No_total_proves_nothing() =>
        Assert.That(
            ChildrenProbe.IsUnchanged(new EntityChildrenResponse { Page = [File, Table, Folder] }, Known, EntityNames.Plain), Is.False);

    private static bool IsUnchanged(long total, params EntityHeader[] page) =>
        ChildrenProbe.IsUnchanged(new EntityChildrenResponse { Page = page, TotalChildCount = total }, Known, EntityNames.Plain);

    private static EntityHeader Header(string name, string id, string type, long modified) => new()
    {
        Name = name,
        Id = id,
        Type = type,
        VersionNumber = 1,
        ModifiedOn = DateTimeOffset.FromUnixTimeMilliseconds(modified),
    };
}
