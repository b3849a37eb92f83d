using SynapseFs.Client.Elsewhere;

namespace SynapseFs.Client.Tests.Elsewhere;

internal sealed class SftpPathTests
{
    private static readonly Guid Uuid = new("0f8fad5b-d9cb-869f-a165-70867728950e");

    [TestCase("sftp://host/a/b", "/a/b", 22)]
    [TestCase("sftp://host:2222/a%20b/c%2Bd", "/a b/c+d", 2222)]
    [TestCase("sftp://host/a%23b", "/a#b", 22)]
    public void An_address_is_host_port_and_absolute_path(string address, string path, int port)
    {
        Assert.That(SftpPath.Of(new Uri(address)), Is.EqualTo(path));
        Assert.That(SftpPath.PortOf(new Uri(address)), Is.EqualTo(port));
    }

    [TestCase("sftp://host/a", "made (1).txt")]
    [TestCase("sftp://host/a/", "it's + this, or_that-.txt")]
    public void A_name_in_a_directory_comes_back_from_its_address(string directory, string name) =>
        Assert.That(SftpPath.Of(SftpPath.Join(new Uri(directory), name)), Is.EqualTo($"/a/{name}"));

    [TestCase("sftp://host:2222/a/7d444840-9dc0-11d1-b245-5ffdce74fad2", "sftp://host:2222/a/")]
    [TestCase("sftp://host/a%20b/7d444840-9dc0-11d1-b245-5ffdce74fad2/", "sftp://host/a%20b/")]
    [TestCase("sftp://host/a/b", "sftp://host/a/b/")]
    [TestCase("sftp://host", "sftp://host/")]
    public void The_random_name_of_an_upload_gives_way_to_its_own(string proposed, string expected) =>
        Assert.That(SftpPath.InPlaceOfUuid(new Uri(proposed), Uuid).AbsoluteUri, Is.EqualTo(expected + Uuid));

    [Test]
    public void Directories_are_told_from_the_outermost() =>
        Assert.That(SftpPath.DirectoriesOf("/a/b c/d.txt"), Is.EqualTo(new[] { "/a", "/a/b c" }));

    [Test]
    public void An_upload_has_the_same_name_for_the_same_content_name_and_account_only()
    {
        var name = UploadName.Of("token", "md5", 5, "a.txt");

        Assert.That(UploadName.Of("token", "md5", 5, "a.txt"), Is.EqualTo(name));
        Assert.That(name.Version, Is.EqualTo(8));
        Assert.That(
            new[] { UploadName.Of("other", "md5", 5, "a.txt"), UploadName.Of("token", "md6", 5, "a.txt"), UploadName.Of("token", "md5", 6, "a.txt"), UploadName.Of("token", "md5", 5, "b.txt") },
            Has.None.EqualTo(name));
    }
}
