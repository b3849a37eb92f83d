using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class DownloadListTests
{
    private const string List = "/repo/v1/download/list";
    private const string Model = "org.sagebionetworks.repo.model.download.";

    private TestServer _test = null!;
    private string _project = "";
    private JsonObject _b = null!;
    private JsonObject _a = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _test = await TestServer.StartAsync();
        _project = (string)(await _test.Owner.CreateProjectAsync("P"))["id"]!;
        _b = await _test.Owner.CreateFileAsync("b.txt", _project, Encoding.ASCII.GetBytes("abc"));
        _a = await _test.Owner.CreateFileAsync("a.txt", _project, Encoding.ASCII.GetBytes("defgh"));
    }

    [TearDown]
    public async Task StopAsync() => await _test.DisposeAsync();

    [Test]
    public async Task An_item_is_the_pair_of_entity_and_version_or_none()
    {
        var added = await AddAsync(_test.Owner, Item(_a, 1), Item(_a), Item(_a, 1));
        var again = await AddAsync(_test.Owner, Item(_a), Item(_b));
        var other = await RemoveAsync(Item(_b, 1), Item(_a));

        Assert.Multiple(async () =>
        {
            Assert.That(added, Is.EqualTo(2));
            Assert.That(again, Is.EqualTo(1));
            Assert.That(other, Is.EqualTo(1));
            Assert.That(await NamesAsync(_test.Owner), Is.EqualTo("b.txt,a.txt"));
        });
    }

    [Test]
    public async Task What_is_no_file_is_dropped_and_what_may_not_be_read_is_kept()
    {
        var added = await AddAsync(
            _test.Reader, Item(_a), new JsonObject { ["fileEntityId"] = _project }, new JsonObject { ["fileEntityId"] = "syn42" });
        var statistics = (await QueryAsync(_test.Reader, "FilesStatisticsRequest"))["responseDetails"]!;
        var actions = (await QueryAsync(_test.Reader, "ActionRequiredRequest"))["responseDetails"]!["page"]!.AsArray();

        Assert.Multiple(async () =>
        {
            Assert.That(added, Is.EqualTo(1));
            Assert.That(await NamesAsync(_test.Reader), Is.Empty);
            Assert.That((long)statistics["totalNumberOfFiles"]!, Is.EqualTo(1));
            Assert.That((long)statistics["numberOfFilesAvailableForDownload"]!, Is.EqualTo(0));
            Assert.That((long)statistics["numberOfFilesRequiringAction"]!, Is.EqualTo(1));
            Assert.That((string)actions[0]!["action"]!["concreteType"]!, Is.EqualTo(Model + "RequestDownload"));
            Assert.That((long)actions[0]!["count"]!, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Batches_that_may_not_be_are_refused()
    {
        var many = new JsonArray([.. Enumerable.Range(0, 1001).Select(i => (JsonNode)new JsonObject { ["fileEntityId"] = $"syn{i}" })]);

        Assert.Multiple(async () =>
        {
            foreach (var (path, field) in ((string, string)[])[("/add", "batchToAdd"), ("/remove", "batchToRemove")])
            {
                Assert.That(await ReasonAsync(path, field, new JsonArray()), Is.EqualTo("Batch must contain at least one item"));
                Assert.That(await ReasonAsync(path, field, null), Is.EqualTo("batch is required."));
                Assert.That(await ReasonAsync(path, field, many.DeepClone()), Does.StartWith("Batch size of '1001' exceeds"));
                Assert.That(await ReasonAsync(path, field, new JsonArray((JsonNode?)null)), Is.EqualTo("Null Item found at index: 0"));
                Assert.That(await ReasonAsync(path, field, new JsonArray(new JsonObject())), Is.EqualTo("Null fileEntityId at index: 0"));
            }

            Assert.That((await _test.Nobody.SendAsync("DELETE", List)).Reason, Is.EqualTo("You must login to access your download list"));
        });
    }

    [Test]
    public async Task The_list_is_cleared_for_its_user_alone()
    {
        await _test.Owner.ShareAsync(_project, _test.Server.Accounts[0].PrincipalId, "READ", "DOWNLOAD");
        await AddAsync(_test.Owner, Item(_a));
        await AddAsync(_test.Reader, Item(_a));

        var cleared = await _test.Owner.SendAsync("DELETE", List);

        Assert.Multiple(async () =>
        {
            Assert.That(cleared.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await NamesAsync(_test.Owner), Is.Empty);
            Assert.That(await NamesAsync(_test.Reader), Is.EqualTo("a.txt"));
        });
    }

    [Test]
    public async Task Available_files_tell_what_they_are()
    {
        await AddAsync(_test.Owner, Item(_a, 1));

        var file = (await QueryAsync(_test.Owner, "AvailableFilesRequest"))["responseDetails"]!["page"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That((string)file["fileEntityId"]!, Is.EqualTo((string)_a["id"]!));
            Assert.That((long)file["versionNumber"]!, Is.EqualTo(1));
            Assert.That((string)file["projectId"]!, Is.EqualTo(_project));
            Assert.That((string)file["projectName"]!, Is.EqualTo("P"));
            Assert.That((long)file["fileSizeBytes"]!, Is.EqualTo(5));
            Assert.That((bool)file["isEligibleForPackaging"]!, Is.True);
            Assert.That((string)file["fileHandleId"]!, Is.EqualTo((string)_a["dataFileHandleId"]!));
            Assert.That((string)file["addedOn"]!, Does.EndWith("Z"));
        });
    }

    [TestCase("""{"sort":[{"field":"fileName"}]}""", "a.txt,b.txt")]
    [TestCase("""{"sort":[{"field":"fileSize","direction":"DESC"}]}""", "a.txt,b.txt")]
    [TestCase("""{"sort":[{"field":"isEligibleForPackaging"},{"field":"fileSize"}]}""", "b.txt,a.txt")]
    [TestCase("""{"filter":"eligibleForPackaging"}""", "b.txt,a.txt")]
    [TestCase("""{"filter":"ineligibleForPackaging"}""", "")]
    [TestCase("""{"nextPageToken":"1a1"}""", "a.txt")]
    public async Task Available_files_are_ordered_filtered_and_paged(string request, string expected)
    {
        await AddAsync(_test.Owner, Item(_a), Item(_b));

        Assert.That(await NamesAsync(_test.Owner, request), Is.EqualTo(expected));
    }

    [TestCase("AvailableFilesRequest", """{"sort":[{"field":"size"}]}""", "Unknown SortField: size")]
    [TestCase("AvailableFilesRequest", """{"sort":[{}]}""", "sort.field is required.")]
    [TestCase("AvailableFilesRequest", """{"filter":"all"}""", "Unknown type: all")]
    [TestCase("AvailableFilesRequest", """{"nextPageToken":"99a0"}""", "Limit must not exceed: 50")]
    [TestCase("OtherRequest", "{}", "Unknown type: org.sagebionetworks.repo.model.download.OtherRequest")]
    public async Task A_query_that_may_not_be_fails(string type, string request, string reason)
    {
        await AddAsync(_test.Owner, Item(_a));

        var answer = await RunAsync(_test.Owner, "query", QueryBody(type, request));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task The_files_of_a_folder_are_added_with_their_versions_or_without()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("f", _project))["id"]!;
        await _test.Owner.CreateFileAsync("deep.txt", folder, Encoding.ASCII.GetBytes("x"));

        var direct = await RunAsync(_test.Owner, "add", new JsonObject { ["parentId"] = _project, ["useVersionNumber"] = false });
        var removed = await RemoveAsync(Item(_a), Item(_b));
        var deep = await RunAsync(_test.Owner, "add", new JsonObject { ["parentId"] = _project, ["recursive"] = true });
        var size = await RunAsync(
            _test.Owner, "add/stats", new JsonObject { ["request"] = new JsonObject { ["parentId"] = _project, ["recursive"] = true } });

        Assert.Multiple(() =>
        {
            Assert.That((long)direct.Json["numberOfFilesAdded"]!, Is.EqualTo(2));
            Assert.That(removed, Is.EqualTo(2));
            Assert.That((long)deep.Json["numberOfFilesAdded"]!, Is.EqualTo(3));
            Assert.That((long)size.Json["fileCount"]!, Is.EqualTo(3));
            Assert.That((long)size.Json["fileSize"]!, Is.EqualTo(9));
        });
    }

    [Test]
    public async Task The_items_of_a_dataset_are_added_as_it_pins_them()
    {
        var dataset = await _test.Owner.CreateAsync("table.Dataset", "set", _project, new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["entityId"] = (string)_a["id"]!, ["versionNumber"] = 1 }),
        });

        var added = await RunAsync(_test.Owner, "add", new JsonObject { ["parentId"] = (string)dataset["id"]! });

        Assert.Multiple(async () =>
        {
            Assert.That((long)added.Json["numberOfFilesAdded"]!, Is.EqualTo(1));
            Assert.That(await RemoveAsync(Item(_a, 1)), Is.EqualTo(1));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_files_that_a_query_finds_are_added(bool withVersions)
    {
        var ids = await ViewClient.DefaultIdsAsync(_test.Owner, 1);
        var view = await _test.Owner.CreateAsync("table.EntityView", "view", _project, ViewClient.View([_project], 1, ids));
        var request = new JsonObject
        {
            ["query"] = new JsonObject { ["sql"] = $"SELECT name FROM {view["id"]} WHERE name = 'a.txt'" },
            ["useVersionNumber"] = withVersions,
        };

        var stats = await RunAsync(_test.Owner, "add/stats", new JsonObject { ["request"] = request.DeepClone() });
        var added = await RunAsync(_test.Owner, "add", request);

        Assert.Multiple(async () =>
        {
            Assert.That((long)stats.Json["fileCount"]!, Is.EqualTo(1), stats.Text);
            Assert.That((long)added.Json["numberOfFilesAdded"]!, Is.EqualTo(1), added.Text);
            Assert.That(await RemoveAsync(Item(_a, withVersions ? 1 : null)), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_query_of_a_table_must_say_which_column_names_the_files()
    {
        var columns = await ViewClient.ColumnsAsync(_test.Owner, ("file", "ENTITYID"));
        var table = await _test.Owner.CreateAsync(
            "table.TableEntity", "table", _project, new JsonObject { ["columnIds"] = new JsonArray(columns[0]) });

        var answer = await RunAsync(
            _test.Owner, "add", new JsonObject { ["query"] = new JsonObject { ["sql"] = $"SELECT * FROM {table["id"]}" } });

        Assert.That(
            answer.Reason,
            Is.EqualTo($"'{table["id"]}' is not a file view or a dataset, the query.selectFileColumn must be specified"));
    }

    [TestCase("{}", 400, "Must include either request.parentId or request.query().")]
    [TestCase("""{"parentId":"syn1","query":{"sql":"x"}}""", 400, "Please provide request.parentId or request.query() but not both.")]
    [TestCase("""{"parentId":"syn42"}""", 404, "Resource: 'syn42' does not exist")]
    public async Task An_addition_that_may_not_be_fails(string request, int status, string reason)
    {
        var answer = await RunAsync(_test.Owner, "add", JsonNode.Parse(request)!.AsObject());

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task The_manifest_has_the_columns_of_Synapse_and_those_of_the_annotations()
    {
        var annotations = await _test.Owner.DoAsync("GET", $"/repo/v1/entity/{_a["id"]}/annotations2");
        annotations["annotations"] = JsonNode.Parse(
            """
            {"tissue":{"type":"STRING","value":["a \"b\"","c"]},"age":{"type":"LONG","value":["3"]},
            "name":{"type":"STRING","value":["x"]}}
            """);
        await _test.Owner.DoAsync("PUT", $"/repo/v1/entity/{_a["id"]}/annotations2", annotations);
        await AddAsync(_test.Owner, Item(_b), Item(_a, 1));

        var made = await RunAsync(_test.Owner, "manifest", []);
        var handle = (string)made.Json["resultFileHandleId"]!;
        var lines = Encoding.UTF8.GetString(await BytesAsync(handle)).Split('\n');
        var created = DateTimeOffset.Parse((string)_a["createdOn"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

        Assert.Multiple(async () =>
        {
            Assert.That(lines[0], Is.EqualTo(
                "\"ID\",\"name\",\"versionNumber\",\"contentType\",\"dataFileSizeBytes\",\"createdBy\",\"createdOn\",\"modifiedBy\","
                + "\"modifiedOn\",\"parentId\",\"synapseURL\",\"dataFileMD5Hex\",\"age\",\"tissue\""));
            Assert.That(lines[1], Does.StartWith($"\"{_a["id"]}\",\"a.txt\",\"1\",\"text/plain\",\"5\","));
            Assert.That(lines[1], Does.Contain($"\"{created}\""));
            Assert.That(lines[1], Does.Contain($"\"{_project}\",\"https://www.synapse.org/#!Synapse:{_a["id"]}.1\""));
            Assert.That(lines[1], Does.EndWith(",\"3\",\"[a \"\"b\"\", c]\""));
            Assert.That(lines[2], Does.EndWith(",,"));
            Assert.That(
                (string)(await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{handle}"))["fileName"]!, Is.EqualTo("manifest.csv"));
            Assert.That(await NamesAsync(_test.Owner), Is.EqualTo("b.txt,a.txt"));
        });
    }

    [Test]
    public async Task A_package_takes_the_files_from_the_list_into_a_flat_zip()
    {
        var folder = (string)(await _test.Owner.CreateFolderAsync("f", _project))["id"]!;
        var same = await _test.Owner.CreateFileAsync("a.txt", folder, Encoding.ASCII.GetBytes("other"));
        await AddAsync(_test.Owner, Item(_a), Item(_b), Item(same));

        var made = await RunAsync(_test.Owner, "package", new JsonObject { ["zipFileName"] = "mine.zip", ["includeManifest"] = true });
        var handle = (string)made.Json["resultFileHandleId"]!;
        using var zip = new ZipArchive(new MemoryStream(await BytesAsync(handle)));

        Assert.Multiple(async () =>
        {
            Assert.That(
                zip.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "b.txt", "a.txt", "a(1).txt", "manifest.csv" }));
            Assert.That(zip.Entries[0].Length, Is.EqualTo(3));
            Assert.That((string)(await _test.Owner.DoAsync("GET", $"/file/v1/fileHandle/{handle}"))["fileName"]!, Is.EqualTo("mine.zip"));
            Assert.That(await NamesAsync(_test.Owner), Is.Empty);
            Assert.That((await RunAsync(_test.Owner, "package", [])).Reason, Is.EqualTo("No files are eligible for packaging."));
            Assert.That((await RunAsync(_test.Owner, "manifest", [])).Reason, Is.EqualTo("No files available for download."));
        });
    }

    [Test]
    public async Task The_list_is_there_after_a_restart()
    {
        var directory = TestServer.NewDirectory();
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            await AddAsync(first.Owner, Item(await first.Owner.CreateFileAsync("kept.txt", project, [1])));
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);

        Assert.That(await NamesAsync(second.Owner), Is.EqualTo("kept.txt"));
    }

    private static JsonObject Item(JsonObject file, int? version = null) =>
        new() { ["fileEntityId"] = (string)file["id"]!, ["versionNumber"] = version };

    private static async Task<long> AddAsync(TestClient client, params JsonObject[] items) => (long)(await client.DoAsync(
        "POST", $"{List}/add", new JsonObject { ["batchToAdd"] = new JsonArray([.. items]) }))["numberOfFilesAdded"]!;

    private async Task<long> RemoveAsync(params JsonObject[] items) => (long)(await _test.Owner.DoAsync(
        "POST", $"{List}/remove", new JsonObject { ["batchToRemove"] = new JsonArray([.. items]) }))["numberOfFilesRemoved"]!;

    private async Task<string?> ReasonAsync(string path, string field, JsonNode? batch)
    {
        var answer = await _test.Owner.SendAsync("POST", List + path, new JsonObject { [field] = batch });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        return answer.Reason;
    }

    private static async Task<Answer> RunAsync(TestClient client, string job, JsonObject request)
    {
        var token = (string)(await client.DoAsync("POST", $"{List}/{job}/async/start", request))["token"]!;
        Answer answer;
        do
        {
            answer = await client.SendAsync("GET", $"{List}/{job}/async/get/{token}");
        }
        while (answer.Status == HttpStatusCode.Accepted);
        return answer;
    }

    private static JsonObject QueryBody(string type, string request)
    {
        var details = JsonNode.Parse(request)!.AsObject();
        details["concreteType"] = Model + type;
        return new JsonObject { ["concreteType"] = Model + "DownloadListQueryRequest", ["requestDetails"] = details };
    }

    private static async Task<JsonObject> QueryAsync(TestClient client, string type, string request = "{}")
    {
        var answer = await RunAsync(client, "query", QueryBody(type, request));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        return answer.Json;
    }

    private static async Task<string> NamesAsync(TestClient client, string request = "{}")
    {
        var response = await QueryAsync(client, "AvailableFilesRequest", request);
        return string.Join(',', response["responseDetails"]!["page"]!.AsArray().Select(file => (string)file!["fileName"]!));
    }

    private async Task<byte[]> BytesAsync(string handle)
    {
        var url = await _test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{handle}/url?redirect=false");
        return (await _test.Nobody.GetRangeAsync(url.Text, null)).Bytes;
    }
}
