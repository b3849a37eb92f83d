using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class DatasetTests
{
    [Test]
    public async Task Size_count_and_checksum_are_computed()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var one = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var two = await test.Owner.CreateFileAsync("two", project, Encoding.ASCII.GetBytes("22"));
        var items = Items(one, two);
        items["checksum"] = "mine";
        items["size"] = 1;

        var made = await test.Owner.CreateAsync("table.Dataset", "set", project, items);

        var md5s = new[] { "1", "22" }.Select(text => TestClient.Md5(Encoding.ASCII.GetBytes(text))).Order(StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That((long)made["size"]!, Is.EqualTo(3));
            Assert.That((long)made["count"]!, Is.EqualTo(2));
            Assert.That((string)made["checksum"]!, Is.EqualTo(TestClient.Md5(Encoding.ASCII.GetBytes(string.Concat(md5s)))));
            Assert.That((string)made["items"]![0]!["entityId"]!, Is.EqualTo((string)one["id"]!));
        });
    }

    [Test]
    public async Task A_dataset_without_items_has_none_of_them()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;

        var made = await test.Owner.CreateAsync("table.Dataset", "set", project);

        Assert.Multiple(() =>
        {
            Assert.That(made["items"], Is.Null);
            Assert.That(made["size"], Is.Null);
            Assert.That(made["checksum"], Is.Null);
        });
    }

    [TestCase("{\"versionNumber\":1}", "Each dataset item must have a non-null entity ID.")]
    [TestCase("{\"entityId\":\"FILE\"}", "Each dataset item must have a non-null version number")]
    [TestCase("{\"entityId\":\"FILE\",\"versionNumber\":1},{\"entityId\":\"FILE\",\"versionNumber\":2}",
        "Each dataset item must have a unique entity ID.  Duplicate: FILE")]
    [TestCase("{\"entityId\":\"PROJECT\",\"versionNumber\":1}",
        "Currently, only files can be included in a dataset. PROJECT is 'org.sagebionetworks.repo.model.Project'")]
    public async Task Items_that_make_no_dataset_are_refused(string items, string reason)
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = (string)(await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1")))["id"]!;
        string Fill(string text) => text.Replace("FILE", file, StringComparison.Ordinal).Replace(
            "PROJECT", project, StringComparison.Ordinal);

        var refused = await test.Owner.SendAsync("POST", "/repo/v1/entity", new JsonObject
        {
            ["concreteType"] = "org.sagebionetworks.repo.model.table.Dataset",
            ["name"] = "set",
            ["parentId"] = project,
            ["items"] = JsonNode.Parse($"[{Fill(items)}]"),
        });

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.Reason, Is.EqualTo(Fill(reason)));
        });
    }

    [Test]
    public async Task A_collection_holds_datasets_only()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var file = await test.Owner.CreateFileAsync("one", project, Encoding.ASCII.GetBytes("1"));
        var set = await test.Owner.CreateAsync("table.Dataset", "set", project, Items(file));

        var made = await test.Owner.CreateAsync("table.DatasetCollection", "collection", project, Items(set));
        made["items"] = Items(file)["items"]!.DeepClone();
        var refused = await test.Owner.SendAsync("PUT", $"/repo/v1/entity/{made["id"]}", made);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(
                refused.Reason,
                Is.EqualTo($"Only dataset entities can be included in a dataset collection. {file["id"]} is 'org.sagebionetworks.repo.model.FileEntity'"));
        });
    }

    private static JsonObject Items(params JsonObject[] entities) => new()
    {
        ["items"] = new JsonArray([.. entities.Select(entity => (JsonNode)new JsonObject
        {
            ["entityId"] = (string)entity["id"]!,
            ["versionNumber"] = 1,
        })]),
    };
}
