using SynapseFs.Client.Configuration;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Client.Tests.Configuration;

internal sealed class StorageLoginsTests
{
    private TemporaryDirectory _home = null!;

    [SetUp]
    public void Make() => _home = new TemporaryDirectory();

    [TearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void A_hosts_section_tells_user_and_password_and_prints_no_secret()
    {
        var login = Logins("[sftp://files.example.org]\nusername = ada\npassword = b=c:d #e\n").OfSftp("files.example.org", 2222);

        Assert.That((login.UserName, login.Password), Is.EqualTo(("ada", "b=c:d #e")));
        Assert.That(login.PrivateKeys, Is.Empty);
        Assert.That(login.ToString(), Does.Contain("ada").And.Contain("section [sftp://files.example.org]").And.Not.Contain("b=c"));
    }

    [Test]
    public void A_section_with_the_port_is_nearer()
    {
        var logins = Logins("[sftp://host]\nusername = one\n[sftp://host:2222]\nusername = two\n");

        Assert.That((logins.OfSftp("host", 2222).UserName, logins.OfSftp("host", 22).UserName), Is.EqualTo(("two", "one")));
    }

    [Test]
    public void A_private_key_may_be_named_from_home()
    {
        var login = Logins("[sftp://host]\nusername = ada\nprivate_key = ~/keys/lab\npassphrase = secret words\n").OfSftp("host", 22);

        Assert.That(login.PrivateKeys, Is.EqualTo(new[] { _home.Combine("keys/lab") }));
        Assert.That(login.Passphrase, Is.EqualTo("secret words"));
    }

    [Test]
    public void Without_a_section_the_keys_are_those_that_ssh_would_offer()
    {
        Directory.CreateDirectory(_home.Combine(".ssh"));
        File.WriteAllText(_home.Combine(".ssh", "id_rsa"), "");

        var login = Logins("").OfSftp("host", 22);

        Assert.That(login.PrivateKeys, Is.EqualTo(new[] { _home.Combine(".ssh", "id_rsa") }));
        Assert.That(login.UserName, Is.EqualTo(Environment.UserName));
        Assert.That(login.Source, Does.Contain("no section [sftp://host]"));
    }

    [Test]
    public void A_corrected_file_counts_at_the_next_look()
    {
        var logins = Logins("[sftp://host]\npassword = old\n");
        Assert.That(logins.OfSftp("host", 22).Password, Is.EqualTo("old"));

        Logins("[sftp://host]\npassword = new\n");

        Assert.That(logins.OfSftp("host", 22).Password, Is.EqualTo("new"));
    }

    [TestCase("https://store.example.org", "lab")]
    [TestCase("https://store.example.org/", "lab")]
    [TestCase("https://other.example.org", "default")]
    public void A_bucket_is_opened_by_the_profile_that_its_section_names(string endpoint, string profile) => Assert.That(
        Logins("[https://store.example.org/data]\nprofile_name = lab\n").OfStore(new Uri(endpoint), "data").Profile, Is.EqualTo(profile));

    private StorageLogins Logins(string text)
    {
        File.WriteAllText(_home.Combine(".synapseConfig"), text);
        return new StorageLogins(_home.Combine(".synapseConfig"), _home.Path);
    }
}
