namespace SynapseFs.Cli.Tests;

internal sealed class SurroundingsTests
{
    [Test]
    public void Directories_follow_the_XDG_variables()
    {
        var surroundings = Of(new() { ["XDG_RUNTIME_DIR"] = "/run/user/5", ["XDG_CACHE_HOME"] = "/c", ["XDG_STATE_HOME"] = "/s" });

        Assert.That(
            (surroundings.RuntimeDirectory, surroundings.CacheRoot, surroundings.StateRoot),
            Is.EqualTo(("/run/user/5/synapsefs", "/c/synapsefs", "/s/synapsefs")));
    }

    [Test]
    public void Without_them_the_home_directory_and_a_directory_of_the_users_own_serve()
    {
        var surroundings = Of(new() { ["XDG_CACHE_HOME"] = "relative" });

        Assert.That(
            (surroundings.RuntimeDirectory, surroundings.CacheRoot, surroundings.StateRoot),
            Is.EqualTo(("/tmp/synapsefs-5", "/home/ada/.cache/synapsefs", "/home/ada/.local/state/synapsefs")));
    }

    private static Surroundings Of(Dictionary<string, string> variables) =>
        new() { Variable = variables.GetValueOrDefault, UserId = 5, Home = "/home/ada" };
}
