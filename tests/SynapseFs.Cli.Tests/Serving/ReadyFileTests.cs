using System.Text.Json;
using SynapseFs.Cli.Serving;
using SynapseFs.Client.Configuration;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Serving;

internal sealed class ReadyFileTests
{
    private static readonly ReadyFile Ready = new(
        "http://127.0.0.1:7000/repo/v1", "http://127.0.0.1:7000/auth/v1", "http://127.0.0.1:7000/file/v1", "ada", "secret");

    [Test]
    public void It_holds_endpoints_name_and_token_and_only_its_owner_reads_it()
    {
        using var folder = new TemporaryDirectory();

        Ready.Write(folder.Combine("ready"));

        using var json = JsonDocument.Parse(File.ReadAllText(folder.Combine("ready")));
        Assert.That(json.RootElement.EnumerateObject().Select(property => property.Name), Is.EqualTo(new[] { "repoEndpoint", "authEndpoint", "fileHandleEndpoint", "username", "token" }));
        Assert.That(File.GetUnixFileMode(folder.Combine("ready")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void Its_token_does_not_show_when_it_is_printed() => Assert.That(Ready.ToString(), Does.Not.Contain("secret"));

    [Test]
    public void The_configuration_it_prints_is_understood()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("config"), Ready.ToConfiguration());

        var settings = SynapseConfiguration.Load(new ConfigurationRequest
        {
            ConfigPath = folder.Combine("config"),
            Environment = _ => null,
            HomeDirectory = folder.Path,
        });

        Assert.That(settings.Token, Is.EqualTo("secret"));
        Assert.That(settings.Endpoints.File, Is.EqualTo(new Uri(Ready.FileHandleEndpoint)));
    }
}
