using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class VersionTests
{
    private TestServer _test = null!;
    private JsonObject _file = null!;

    private string Path => $"/repo/v1/entity/{_file["id"]}";

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        var project = await _test.Owner.CreateProjectAsync();
        _file = await _test.Owner.CreateFileAsync("a.txt", (string)project["id"]!, Encoding.ASCII.GetBytes("one"));
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task Other_content_makes_a_new_version_with_its_number_as_label()
    {
        _file["dataFileHandleId"] = await _test.Owner.UploadAsync("b.txt", Encoding.ASCII.GetBytes("two"));
        _file["versionLabel"] = "discarded";
        _file["versionComment"] = "discarded";

        var updated = await _test.Owner.DoAsync("PUT", Path, _file);

        Assert.Multiple(() =>
        {
            Assert.That((long)updated["versionNumber"]!, Is.EqualTo(2));
            Assert.That((string)updated["versionLabel"]!, Is.EqualTo("2"));
            Assert.That(updated.ContainsKey("versionComment"), Is.False);
        });
    }

    [Test]
    public async Task The_same_content_in_another_handle_stays_the_same_version()
    {
        _file["dataFileHandleId"] = await _test.Owner.UploadAsync("other-name.txt", Encoding.ASCII.GetBytes("one"));

        var updated = await _test.Owner.DoAsync("PUT", Path, _file);

        Assert.Multiple(() =>
        {
            Assert.That((long)updated["versionNumber"]!, Is.EqualTo(1));
            Assert.That((string)updated["dataFileHandleId"]!, Is.EqualTo((string)_file["dataFileHandleId"]!));
        });
    }

    [Test]
    public async Task A_forced_version_takes_the_label_sent_unless_it_is_taken()
    {
        _file["versionLabel"] = "second";
        var second = await _test.Owner.DoAsync("PUT", $"{Path}?newVersion=true", _file);
        second["versionLabel"] = "SECOND";
        var taken = await _test.Owner.SendAsync("PUT", $"{Path}?newVersion=true", second);
        second.Remove("versionLabel");
        var third = await _test.Owner.DoAsync("PUT", $"{Path}?newVersion=true", second);

        Assert.Multiple(() =>
        {
            Assert.That((string)second["etag"]!, Is.Not.EqualTo((string)third["etag"]!));
            Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((string)third["versionLabel"]!, Is.EqualTo("3"));
        });
    }

    [Test]
    public async Task The_version_list_tells_size_and_md5_to_whoever_may_only_read()
    {
        await _test.Owner.ShareAsync((string)_file["id"]!, _test.Server.Accounts[0].PrincipalId, "READ");

        var list = await _test.Reader.DoAsync("GET", $"{Path}/version?limit=1");
        var info = list["results"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That((string)info["contentSize"]!, Is.EqualTo("3"));
            Assert.That((string)info["contentMd5"]!, Is.EqualTo(TestClient.Md5(Encoding.ASCII.GetBytes("one"))));
            Assert.That((bool)info["isLatestVersion"]!, Is.True);
            Assert.That((long)list["totalNumberOfResults"]!, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Deleting_the_current_version_brings_back_the_one_before_and_numbers_are_not_reused()
    {
        await _test.Owner.DoAsync("PUT", $"{Path}?newVersion=true", Without(_file, "versionLabel"));
        var deleted = await _test.Owner.SendAsync("DELETE", $"{Path}/version/2");
        var unknown = await _test.Owner.SendAsync("DELETE", $"{Path}/version/7");
        var last = await _test.Owner.SendAsync("DELETE", $"{Path}/version/1");
        var current = await _test.Owner.DoAsync("GET", Path);
        var next = await _test.Owner.DoAsync("PUT", $"{Path}?newVersion=true", Without(current, "versionLabel"));

        Assert.Multiple(() =>
        {
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(last.Reason, Is.EqualTo("Cannot delete the last version of a node"));
            Assert.That((long)current["versionNumber"]!, Is.EqualTo(1));
            Assert.That((long)next["versionNumber"]!, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task An_older_version_shows_the_zero_etag_and_its_own_content()
    {
        var first = (string)_file["dataFileHandleId"]!;
        _file["dataFileHandleId"] = await _test.Owner.UploadAsync("b.txt", Encoding.ASCII.GetBytes("two"));
        await _test.Owner.DoAsync("PUT", Path, _file);

        var old = await _test.Owner.DoAsync("GET", $"{Path}/version/1");
        var missing = await _test.Owner.SendAsync("GET", $"{Path}/version/9");

        Assert.Multiple(() =>
        {
            Assert.That((string)old["dataFileHandleId"]!, Is.EqualTo(first));
            Assert.That((string)old["etag"]!, Is.EqualTo("00000000-0000-0000-0000-000000000000"));
            Assert.That((bool)old["isLatestVersion"]!, Is.False);
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_file_handle_of_someone_else_is_refused()
    {
        var foreign = await _test.Reader.UploadAsync("x.txt", Encoding.ASCII.GetBytes("x"));
        _file["dataFileHandleId"] = foreign;

        var answer = await _test.Owner.SendAsync("PUT", Path, _file);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(
                answer.Reason, Does.StartWith("Only the creator of a FileHandle can access it directly by its ID.  FileHandleId = '"));
        });
    }

    [Test]
    public async Task A_handle_of_the_same_bytes_is_swapped_into_any_version()
    {
        var first = (string)_file["dataFileHandleId"]!;
        var same = await _test.Owner.UploadAsync("renamed.txt", Encoding.ASCII.GetBytes("one"));
        var other = await _test.Owner.UploadAsync("b.txt", Encoding.ASCII.GetBytes("two"));
        _file["dataFileHandleId"] = other;
        var current = await _test.Owner.DoAsync("PUT", Path, _file);

        var swapped = await SwapAsync(1, first, same);
        var stale = await SwapAsync(1, first, same);
        var unlike = await SwapAsync(1, same, other);
        var missing = await SwapAsync(9, same, other);
        var foreign = await SwapAsync(1, same, await _test.Reader.UploadAsync("x.txt", Encoding.ASCII.GetBytes("one")));
        var old = await _test.Owner.DoAsync("GET", $"{Path}/version/1");
        var after = await _test.Owner.DoAsync("GET", Path);

        Assert.Multiple(() =>
        {
            Assert.That(swapped.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That(unlike.Reason, Does.StartWith("The MD5 of the new file handle does not match the MD5"));
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(foreign.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((string)old["dataFileHandleId"]!, Is.EqualTo(same));
            Assert.That((string)after["dataFileHandleId"]!, Is.EqualTo(other));
            Assert.That((long)after["versionNumber"]!, Is.EqualTo(2));
            Assert.That((string)after["etag"]!, Is.Not.EqualTo((string)current["etag"]!));
        });
    }

    [Test]
    public async Task An_update_in_place_without_a_label_falls_back_to_one_and_too_long_texts_are_refused()
    {
        _file["versionLabel"] = "named";
        _file["versionComment"] = "why";
        var labelled = await _test.Owner.DoAsync("PUT", Path, _file);
        var comment = (string)labelled["versionComment"]!;
        var without = await _test.Owner.DoAsync("PUT", Path, Without(labelled, "versionLabel"));
        without["versionComment"] = new string('x', 257);
        var wide = await _test.Owner.SendAsync("PUT", Path, without);

        Assert.Multiple(() =>
        {
            Assert.That(comment, Is.EqualTo("why"));
            Assert.That((string)without["versionLabel"]!, Is.EqualTo("1"));
            Assert.That(wide.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    private Task<Answer> SwapAsync(long version, string old, string wanted) => _test.Owner.SendAsync(
        "PUT", $"{Path}/version/{version}/filehandle", new JsonObject { ["oldFileHandleId"] = old, ["newFileHandleId"] = wanted });

    private static JsonObject Without(JsonObject entity, string field)
    {
        entity.Remove(field);
        return entity;
    }
}
