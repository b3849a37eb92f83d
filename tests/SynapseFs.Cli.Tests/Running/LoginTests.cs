using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

internal sealed class LoginTests
{
    [Test]
    public async Task A_token_is_kept_beside_what_the_file_held_and_only_its_owner_reads_it()
    {
        await using var world = await World.StartAsync();
        var config = world.Combine("config");
        await File.WriteAllTextAsync(config, "# mine\n[endpoints]\nportalEndpoint = http://portal\n");

        var result = await Command.RunAsync(
            ProgramFiles.Synapsefs, ["login", "--endpoint", world.Endpoint, "--config", config], world.Environment(token: ""), $"{world.FirstToken}\n");

        var text = await File.ReadAllTextAsync(config);
        Assert.That(result.Text, Does.Contain("Synapse knows you as demo"));
        Assert.That(result.Output + result.Error, Does.Not.Contain(world.FirstToken));
        Assert.That(text, Does.Contain("# mine").And.Contain("portalEndpoint = http://portal").And.Contain(world.FirstToken));
        Assert.That(File.GetUnixFileMode(config), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
}
