using System.Text;
using SynapseFs.Api;
using SynapseFs.Entities.Access;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Access;

internal sealed class SharingJsonTests
{
    private static readonly Dictionary<long, string> Names = new() { [1] = "ada", [2] = "The \"Lab\"", [3] = "3" };

    [Test]
    public void A_list_reads_as_it_was_written()
    {
        var sharing = Of("syn1", (1, ["READ", "DOWNLOAD"]), (2, ["DELETE", "READ"]), (3, ["READ"]));

        var text = SharingJson.Write(sharing, Names);
        var read = SharingJson.Read(text.Bytes);

        Assert.That(Encoding.UTF8.GetString(text.Bytes.Span), Is.EqualTo("""
            {
              "inherits": false,
              "sharedWith": {
                "3": "view",
                "The \"Lab\"": [
                  "READ",
                  "DELETE"
                ],
                "ada": "download"
              }
            }

            """));
        Assert.That(read.Inherits, Is.False);
        Assert.That(read.SharedWith!["The \"Lab\""], Is.EquivalentTo(new[] { "READ", "DELETE" }));
    }

    [Test]
    public void What_is_inherited_says_from_where()
    {
        var read = SharingJson.Read(SharingJson.Write(Of("syn9", (1, ["READ"])), Names).Bytes);

        Assert.That(read, Is.EqualTo(new SharingText(true, "syn9", read.SharedWith)));
    }

    [Test]
    public void The_same_list_in_another_order_is_the_same_text()
    {
        var one = SharingJson.Write(Of("syn1", (1, ["READ", "SUBMIT", "NEW_TYPE"]), (2, ["READ"])), Names);
        var other = SharingJson.Write(Of("syn1", (2, ["READ"]), (1, ["NEW_TYPE", "SUBMIT", "READ"])), Names);

        Assert.That(other.Md5, Is.EqualTo(one.Md5));
    }

    [TestCaseSource(typeof(AccessLevels), nameof(AccessLevels.Names))]
    public void A_level_is_its_access_types_and_back(string level) =>
        Assert.That(AccessLevels.LevelOf(AccessLevels.TypesOf(level.ToUpperInvariant())!), Is.EqualTo(level));

    [Test]
    public void Each_level_holds_the_one_below()
    {
        var sets = AccessLevels.Names.Select(name => AccessLevels.TypesOf(name)!).ToList();

        Assert.That(sets.Zip(sets.Skip(1)).All(pair => pair.First.IsProperSubsetOf(pair.Second)));
    }

    [TestCase("{\"inherits\": false, \"sharedWith\": []}")]
    [TestCase("{\"inherits\": false, \"sharedWith\": {\"ada\": {}}}")]
    [TestCase("{\"inherits\": false, \"sharedWith\": {\"ada\": []}}")]
    [TestCase("{\"inherits\": false, \"sharedWith\": {\"ada\": [1]}}")]
    [TestCase("{\"inherits\": false, \"sharedWith\": {\"ada\": \"view\", \"ada\": \"view\"}}")]
    [TestCase("{\"inherits\": true, \"inheritsFrom\": 5}")]
    public void What_is_no_list_is_refused(string text) =>
        Assert.That(() => SharingJson.Read(Encoding.UTF8.GetBytes(text)),
            Throws.InstanceOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(FsError.InvalidArgument));

    private static Sharing Of(string owner, params (long Principal, string[] Types)[] entries) => Sharing.Of(new EntityBundle
    {
        Entity = new Entity { Id = "syn1" },
        BenefactorAcl = new AccessControlList
        {
            Id = owner,
            ResourceAccess = [.. entries.Select(entry => new ResourceAccess { PrincipalId = entry.Principal, AccessType = entry.Types })],
        },
    });
}
