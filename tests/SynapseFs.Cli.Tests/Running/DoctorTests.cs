using System.Text.Json;

namespace SynapseFs.Cli.Tests.Running;

internal sealed class DoctorTests
{
    [Test]
    public async Task Each_check_is_told_for_machines_too()
    {
        await using var world = await World.StartAsync();

        var result = await world.RunAsync("doctor", "--json", "--endpoint", world.Endpoint, "--mountpoint", world.Combine("nowhere"));

        using var json = JsonDocument.Parse(result.Output);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("name").GetString()!, check => check.GetProperty("outcome").GetString());
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(checks, Does.ContainKey("FUSE device").And.ContainKey("fusermount3").And.ContainKey("configuration").And.ContainKey("kernel"));
        Assert.That(
            (checks["mountpoint"], checks["cache"], checks["SQLite"], checks["mounts"], checks["endpoint"], checks["token"]),
            Is.EqualTo(("fail", "ok", "ok", "ok", "ok", "ok")));
    }

    [Test]
    public async Task An_endpoint_out_of_reach_fails_with_a_remedy()
    {
        await using var world = await World.StartAsync();

        var result = await world.RunAsync("doctor", "--endpoint", "http://127.0.0.1:9");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain("FAIL  endpoint").And.Contain("→ Check the network"));
    }
}
