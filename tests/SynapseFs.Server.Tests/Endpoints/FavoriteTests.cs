using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

public sealed class FavoriteTests
{
    [Test]
    public async Task Favorites_are_listed_newest_first_or_by_name()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var test = await TestServer.StartAsync(time, options => options);
        var ids = new List<string>();
        foreach (var name in (string[])["b", "c", "a"])
        {
            ids.Add((string)(await test.Owner.CreateProjectAsync(name))["id"]!);
            var added = await test.Owner.SendAsync("POST", $"/repo/v1/favorite/{ids[^1]}");
            Assert.That(added.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)added.Json["name"], Is.EqualTo(name));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await test.Owner.DoAsync("POST", $"/repo/v1/favorite/{ids[0]}");

        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync(test.Owner, ""), Is.EqualTo(new[] { "a", "c", "b" }));
            Assert.That(await NamesAsync(test.Owner, "?sort=FAVORITED_ON&sortDirection=ASC"), Is.EqualTo(new[] { "b", "c", "a" }));
            Assert.That(await NamesAsync(test.Owner, "?sort=NAME&sortDirection=ASC&limit=2"), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(await NamesAsync(test.Owner, "?sort=NAME&sortDirection=ASC&offset=2"), Is.EqualTo(new[] { "c" }));
            Assert.That(await NamesAsync(test.Reader, ""), Is.Empty);
            Assert.That(await NamesAsync(test.Nobody, ""), Is.Empty);
            Assert.That((await test.Owner.SendAsync("GET", "/repo/v1/favorite?sort=SIZE")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
    }

    [Test]
    public async Task A_favorite_goes_when_removed_and_hides_in_the_trash()
    {
        await using var test = await TestServer.StartAsync();
        var kept = (string)(await test.Owner.CreateProjectAsync("kept"))["id"]!;
        var gone = (string)(await test.Owner.CreateProjectAsync("gone"))["id"]!;
        await test.Owner.DoAsync("POST", $"/repo/v1/favorite/{kept}");
        await test.Owner.DoAsync("POST", $"/repo/v1/favorite/{gone}");

        await test.Owner.DoAsync("DELETE", $"/repo/v1/entity/{gone}");
        var trashed = await NamesAsync(test.Owner, "");
        var removed = await test.Owner.SendAsync("DELETE", $"/repo/v1/favorite/{kept}");
        var again = await test.Owner.SendAsync("DELETE", $"/repo/v1/favorite/{kept}");

        Assert.Multiple(async () =>
        {
            Assert.That(trashed, Is.EqualTo(new[] { "kept" }));
            Assert.That(removed.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(await NamesAsync(test.Owner, ""), Is.Empty);
        });
    }

    [Test]
    public async Task What_may_not_be_read_is_no_favorite()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var shared = (string)(await test.Owner.CreateProjectAsync("shared"))["id"]!;
        await test.Owner.ShareAsync(shared, 273949, "READ");

        var hidden = await test.Reader.SendAsync("POST", $"/repo/v1/favorite/{project}");
        var unknown = await test.Reader.SendAsync("POST", "/repo/v1/favorite/syn1");
        var nobody = await test.Nobody.SendAsync("POST", $"/repo/v1/favorite/{shared}");
        var remove = await test.Nobody.SendAsync("DELETE", $"/repo/v1/favorite/{shared}");

        Assert.Multiple(() =>
        {
            Assert.That(hidden.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(hidden.Reason, Is.EqualTo($"READ access denied to id: {project}. Favorite not added."));
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(nobody.Reason, Is.EqualTo("Cannot add favorite for anonymous user."));
            Assert.That(remove.Reason, Is.EqualTo("Cannot remove favorite for anonymous user."));
        });
    }

    private static async Task<string[]> NamesAsync(TestClient client, string query) =>
        [.. (await client.DoAsync("GET", $"/repo/v1/favorite{query}"))["results"]!.AsArray().Select(header => (string)header!["name"]!)];
}
