using SynapseFs.Client.Configuration;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Client.Tests.Configuration;

internal sealed class ConfigurationWriterTests
{
    private TemporaryDirectory _home = null!;

    private string ConfigFile => Path.Combine(_home.Path, ".synapseConfig");

    [SetUp]
    public void SetUp() => _home = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _home.Dispose();

    [Test]
    public void A_new_file_is_for_its_owner_only()
    {
        ConfigurationWriter.SaveCredentials(ConfigFile, "default", "ada", "t1");

        Assert.That(File.ReadAllText(ConfigFile), Is.EqualTo("[default]\nusername = ada\nauthtoken = t1\n"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(ConfigFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Directory.GetFiles(_home.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void Everything_else_in_the_file_stays()
    {
        File.WriteAllText(ConfigFile, "# mine\n[default]\n; old\nAuthToken: old\n   continued\nusername=ada\n\n[cache]\nlocation = /c\n");

        ConfigurationWriter.SaveCredentials(ConfigFile, "default", null, "new");

        Assert.That(File.ReadAllText(ConfigFile),
            Is.EqualTo("# mine\n[default]\n; old\nauthtoken = new\nusername=ada\n\n[cache]\nlocation = /c\n"));
    }

    [Test]
    public void A_second_profile_is_added_at_the_end()
    {
        ConfigurationWriter.SaveCredentials(ConfigFile, "default", "ada", "t1");
        ConfigurationWriter.SaveCredentials(ConfigFile, "work", "ada@work", "t2");

        var file = IniFile.Read(ConfigFile);
        Assert.That(file.Get("default", "authtoken"), Is.EqualTo("t1"));
        Assert.That(file.Get("profile work", "authtoken"), Is.EqualTo("t2"));
        Assert.That(file.Get("profile work", "username"), Is.EqualTo("ada@work"));
    }

    [Test]
    public void A_linked_file_stays_linked()
    {
        var real = Path.Combine(_home.Path, "dotfiles");
        File.WriteAllText(real, "[cache]\nlocation = /c\n");
        File.CreateSymbolicLink(ConfigFile, real);

        ConfigurationWriter.SaveCredentials(ConfigFile, "default", "ada", "t1");

        Assert.That(new FileInfo(ConfigFile).LinkTarget, Is.EqualTo(real));
        Assert.That(File.ReadAllText(real), Does.Contain("[cache]").And.Contain("authtoken = t1"));
    }

    [Test]
    public void A_file_that_cannot_be_understood_is_left_alone()
    {
        File.WriteAllText(ConfigFile, "[default]\nrubbish\n");

        Assert.That(() => ConfigurationWriter.SaveCredentials(ConfigFile, "default", "ada", "t1"),
            Throws.TypeOf<SynapseConfigurationException>());
        Assert.That(File.ReadAllText(ConfigFile), Is.EqualTo("[default]\nrubbish\n"));
    }

    [TestCase("two words")]
    [TestCase("line\nbreak")]
    public void A_token_with_a_blank_is_refused(string token) =>
        Assert.That(() => ConfigurationWriter.SaveCredentials(ConfigFile, "default", "ada", token),
            Throws.TypeOf<SynapseConfigurationException>());
}
