using SynapseFs.Api;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Files;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Files;

internal sealed class FileRightsTests
{
    private static readonly Portal Portal = new(new Uri("https://www.synapse.org/"));

    [Test]
    public void Who_may_download_is_not_denied() => Assert.That(WhyDenied(Bundle(canDownload: true)), Is.Null);

    [Test]
    public void Who_may_not_download_hears_where_to_ask() =>
        Assert.That(WhyDenied(Bundle(canDownload: false)), Does.Contain("download permission at https://www.synapse.org/Synapse:syn5"));

    [Test]
    public void Unmet_requirements_are_named_before_permission()
    {
        var bundle = Bundle(canDownload: false) with { RestrictionInformation = new RestrictionInformation { HasUnmetAccessRequirement = true } };

        Assert.That(WhyDenied(bundle), Does.Contain("access requirements"));
    }

    [Test]
    public void A_file_handle_that_is_kept_back_denies() =>
        Assert.That(WhyDenied(Bundle(canDownload: true) with { FileHandles = [] }), Does.Contain("syn5"));

    [Test]
    public void A_preview_is_not_the_content()
    {
        var bundle = Bundle(canDownload: true) with { FileHandles = [new FileHandle { Id = "8", IsPreview = true }, new FileHandle { Id = "7" }] };

        Assert.That(FileRights.DataHandle(bundle)!.Id, Is.EqualTo("7"));
    }

    [TestCase(true, false, FilePermissions.AllRead)]
    [TestCase(true, true, FilePermissions.AllRead | FilePermissions.UserWrite)]
    [TestCase(false, false, FilePermissions.None)]
    [TestCase(false, true, FilePermissions.UserWrite)]
    public void Permission_bits_follow_what_the_caller_may_do(bool canDownload, bool canEdit, FilePermissions expected)
    {
        var bundle = Bundle(canDownload) with { Permissions = new UserEntityPermissions { CanDownload = canDownload, CanEdit = canEdit } };

        Assert.That(FileRights.PermissionsOf(bundle, isDenied: !canDownload), Is.EqualTo(expected));
    }

    [TestCase("D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e")]
    [TestCase("d41d8", null)]
    [TestCase("z41d8cd98f00b204e9800998ecf8427e", null)]
    [TestCase(null, null)]
    public void An_md5_is_lower_case_hex_or_unknown(string? sent, string? expected) =>
        Assert.That(Md5Text.Normalize(sent), Is.EqualTo(expected));

    private static string? WhyDenied(EntityBundle bundle) => FileRights.WhyDenied("syn5", bundle, Portal);

    private static EntityBundle Bundle(bool canDownload) => new()
    {
        Entity = new Entity { Id = "syn5", DataFileHandleId = "7" },
        Permissions = new UserEntityPermissions { CanDownload = canDownload },
        FileHandles = [new FileHandle { Id = "7" }],
    };
}
