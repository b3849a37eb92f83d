using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.World;

public sealed class RestartTests
{
    [Test]
    public async Task After_a_restart_everything_is_there_under_the_same_token_and_url()
    {
        var directory = TestServer.NewDirectory();
        string token, url, project;
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            token = first.Server.FirstUser.Token;
            project = (string)(await first.Owner.CreateProjectAsync())["id"]!;
            var file = await first.Owner.CreateFileAsync("a.txt", project, Encoding.ASCII.GetBytes("abc"));
            url = await first.Owner.DownloadUrlAsync(file);
        }

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        var names = await second.Owner.ListAsync(project);
        var content = await second.Nobody.GetRangeAsync(new Uri(second.Server.BaseAddress, new Uri(url).PathAndQuery).AbsoluteUri, null);
        var next = await second.Owner.CreateFolderAsync("next", project);

        Assert.Multiple(() =>
        {
            Assert.That(second.Server.FirstUser.Token, Is.EqualTo(token));
            Assert.That(names, Is.EqualTo(new[] { "a.txt" }));
            Assert.That(content.Text, Is.EqualTo("abc"));
            Assert.That((string)next["id"]!, Is.EqualTo("syn1899499"));
        });
    }

    [Test]
    public async Task Entities_older_than_the_log_of_changes_are_found_after_an_upgrade()
    {
        var directory = TestServer.NewDirectory();
        await using (var first = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            await first.Owner.CreateFolderAsync("walrus", (string)(await first.Owner.CreateProjectAsync())["id"]!);
        }

        WorldFile.Run(directory, "DELETE FROM changes; DELETE FROM counters WHERE name = 'change'; PRAGMA user_version = 11");
        await using var second = await TestServer.StartAsync(
            directory, options => options with { IndexDelay = TimeSpan.Zero }, TimeProvider.System, ownsDirectory: true);
        var found = await second.Owner.DoAsync("POST", "/repo/v1/search", new JsonObject { ["queryTerm"] = new JsonArray("walrus") });

        Assert.That((int)found["found"]!, Is.EqualTo(1));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task The_directory_and_its_secrets_are_the_owners_alone()
    {
        await using var test = await TestServer.StartAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Mode("."), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            Assert.That(Mode("first-user-token"), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(Mode("signing-key"), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });

#pragma warning disable CA1416 // Excluded on Windows above.
        UnixFileMode Mode(string name) => File.GetUnixFileMode(Path.Combine(test.DataDirectory, name));
#pragma warning restore CA1416
    }

    [Test]
    public async Task A_second_server_on_the_same_directory_is_refused()
    {
        await using var test = await TestServer.StartAsync();
        var options = new ServerOptions { DataDirectory = test.DataDirectory };

        var refused = Assert.ThrowsAsync<ServerException>(
            () => SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None));

        Assert.That(refused!.Message, Is.EqualTo(
            $"Another server uses the data directory {test.DataDirectory}; stop it, or choose another directory."));
    }

    [Test]
    public async Task A_taken_port_is_named()
    {
        await using var test = await TestServer.StartAsync();
        var directory = TestServer.NewDirectory();
        var options = new ServerOptions { DataDirectory = directory, Port = test.Server.BaseAddress.Port };

        var refused = Assert.ThrowsAsync<ServerException>(
            () => SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None));
        Directory.Delete(directory, recursive: true);

        Assert.That(refused!.Message, Does.StartWith($"Port {options.Port} on 127.0.0.1 is taken"));
    }

    [Test]
    public async Task A_damaged_world_is_named()
    {
        var directory = TestServer.NewDirectory();
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "world.db"), new string('x', 5000));
        var options = new ServerOptions { DataDirectory = directory };

        var refused = Assert.ThrowsAsync<ServerException>(
            () => SynapseServer.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None));
        Directory.Delete(directory, recursive: true);

        Assert.That(refused!.Message, Does.StartWith($"{Path.Combine(directory, "world.db")} cannot be read"));
    }

    [Test]
    public async Task A_start_that_fails_lets_go_of_the_directory()
    {
        var directory = TestServer.NewDirectory();
        var stranger = new ServerUser { Name = "stranger", Teams = [999999] };

        Assert.ThrowsAsync<ServerException>(() => TestServer.StartAsync(
            directory, options => options with { Users = [stranger] }, TimeProvider.System, ownsDirectory: false));

        await using var second = await TestServer.StartAsync(directory, options => options, TimeProvider.System, ownsDirectory: true);
        Assert.That(await second.Owner.CreateProjectAsync(), Is.Not.Null);
    }

    [Test]
    public async Task A_server_may_be_stopped_twice()
    {
        await using var test = await TestServer.StartAsync();

        await test.Server.DisposeAsync();

        Assert.DoesNotThrowAsync(async () => await test.Server.DisposeAsync());
    }
}
