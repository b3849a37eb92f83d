using System.Text;
using SynapseFs.Client.Configuration;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Client.Tests.Configuration;

internal sealed class SynapseConfigurationTests
{
    private readonly Dictionary<string, string> _environment = [];
    private TemporaryDirectory _home = null!;

    [SetUp]
    public void SetUp()
    {
        _home = new TemporaryDirectory();
        _environment.Clear();
    }

    [TearDown]
    public void TearDown() => _home.Dispose();

    [Test]
    public void Without_any_configuration_the_caller_is_anonymous_at_production()
    {
        var settings = SynapseConfiguration.Load(Request());

        Assert.That(settings.Token, Is.Null);
        Assert.That(settings.Endpoints, Is.EqualTo(SynapseEndpoints.Production));
        Assert.That(settings.Portal, Is.EqualTo(SynapseEndpoints.ProductionPortal));
        Assert.That(settings.TokenSource, Does.Contain("synapsefs login"));
    }

    [Test]
    public void The_file_beats_the_environment()
    {
        Write("[default]\nusername = ada\nauthtoken = from-file");
        _environment["SYNAPSE_AUTH_TOKEN"] = "from-environment";

        var settings = SynapseConfiguration.Load(Request());

        Assert.That((settings.Token, settings.UserName, settings.Profile), Is.EqualTo(("from-file", "ada", "default")));
        Assert.That(settings.TokenSource, Does.Contain("[default]").And.Contain(".synapseConfig"));
    }

    [Test]
    public void The_environment_serves_where_the_file_has_no_token()
    {
        Write("[default]\nusername = ada");
        _environment["SYNAPSE_AUTH_TOKEN"] = "from-environment";

        Assert.That(SynapseConfiguration.Load(Request()).Token, Is.EqualTo("from-environment"));
    }

    [Test]
    public void A_token_given_with_the_command_beats_all()
    {
        Write("[default]\nauthtoken = from-file");

        Assert.That(SynapseConfiguration.Load(Request() with { Token = "given" }).Token, Is.EqualTo("given"));
    }

    [Test]
    public void The_legacy_section_stands_in_for_the_default_one()
    {
        Write("[authentication]\nauthtoken = legacy");

        Assert.That(SynapseConfiguration.Load(Request()).Token, Is.EqualTo("legacy"));
    }

    [Test]
    public void A_named_profile_is_used_from_option_or_environment()
    {
        Write("[default]\nauthtoken = d\n[profile work]\nauthtoken = w\n[profile home]\nauthtoken = h");
        _environment["SYNAPSE_PROFILE"] = "home";

        Assert.That(SynapseConfiguration.Load(Request()).Token, Is.EqualTo("h"));
        Assert.That(SynapseConfiguration.Load(Request() with { Profile = "work" }).Token, Is.EqualTo("w"));
    }

    [Test]
    public void A_missing_profile_never_falls_back_and_the_message_names_file_section_and_the_known_ones()
    {
        Write("[authentication]\nauthtoken = legacy\n[profile work]\nauthtoken = w");

        Assert.That(() => SynapseConfiguration.Load(Request() with { Profile = "wrok" }), Throws.TypeOf<SynapseConfigurationException>()
            .With.Message.Contains("[profile wrok]").And.Message.Contains(_home.Path).And.Message.Contains("work"));
    }

    [Test]
    public void Another_users_token_is_not_used_and_that_is_said()
    {
        Write("[default]\nusername = ada\nauthtoken = adas");

        var settings = SynapseConfiguration.Load(Request() with { UserName = "bob" });

        Assert.That(settings.Token, Is.Null);
        Assert.That(settings.Notices, Has.One.Contains("ada").And.One.Contains("bob"));
    }

    [Test]
    public void Endpoints_come_from_the_file_unless_one_is_given()
    {
        Write("[endpoints]\nrepoEndpoint = http://127.0.0.1:1/repo/v1/\nauthEndpoint = http://127.0.0.1:2/auth/v1\nportalEndpoint = http://portal/");

        var settings = SynapseConfiguration.Load(Request());
        var given = SynapseConfiguration.Load(Request() with { Endpoint = "http://localhost:7000" });

        Assert.That(settings.Endpoints.Repo.ToString(), Is.EqualTo("http://127.0.0.1:1/repo/v1"));
        Assert.That(settings.Endpoints.Auth.ToString(), Is.EqualTo("http://127.0.0.1:2/auth/v1"));
        Assert.That(settings.Endpoints.File, Is.EqualTo(SynapseEndpoints.Production.File));
        Assert.That(settings.Portal.ToString(), Is.EqualTo("http://portal/"));
        Assert.That(given.Endpoints.File.ToString(), Is.EqualTo("http://localhost:7000/file/v1"));
    }

    [TestCase("", ".synapseCache")]
    [TestCase("[cache]\nlocation = ~/big", "big")]
    [TestCase("[cache]\nlocation = $PLACE/x${PLACE}-$NONE", "/data/x/data-$NONE")]
    public void The_Python_clients_cache_is_where_its_file_says(string text, string path)
    {
        Write(text);
        _environment["PLACE"] = "/data";

        Assert.That(SynapseConfiguration.Load(Request()).PythonCache, Is.EqualTo(Path.Combine(Request().HomeDirectory, path)));
    }

    [TestCase("http://h:1", "http://h:1/repo/v1", "http://h:1/auth/v1", "http://h:1/file/v1")]
    [TestCase("https://h/sub/repo/v1/", "https://h/sub/repo/v1", "https://h/sub/auth/v1", "https://h/sub/file/v1")]
    [TestCase("https://repo-staging.prod.sagebase.org/repo/v1", "https://repo-staging.prod.sagebase.org/repo/v1",
        "https://auth-staging.prod.sagebase.org/auth/v1", "https://file-staging.prod.sagebase.org/file/v1")]
    public void One_address_gives_all_endpoints(string text, string repo, string auth, string file)
    {
        var endpoints = SynapseEndpoints.FromOverride(text);

        Assert.That(endpoints, Is.EqualTo(new SynapseEndpoints(new Uri(repo), new Uri(auth), new Uri(file))));
    }

    [TestCase("localhost:7000")]
    [TestCase("ftp://host")]
    [TestCase("http://host/other")]
    [TestCase("http://user:hunter2@host")]
    [TestCase("nonsense")]
    public void A_bad_endpoint_is_refused_without_repeating_a_password(string text) =>
        Assert.That(() => SynapseConfiguration.Load(Request() with { Endpoint = text }),
            Throws.TypeOf<SynapseConfigurationException>().With.Message.Contains("http").And.Message.Not.Contains("hunter2"));

    [Test]
    public void A_token_without_the_view_scope_is_refused_at_once()
    {
        Write($"[default]\nauthtoken = {Jwt("""{"access":{"scope":["download"]}}""")}");

        Assert.That(() => SynapseConfiguration.Load(Request()), Throws.TypeOf<SynapseConfigurationException>()
            .With.Message.Contains("view").And.Message.Contains("[default]").And.Message.Not.Contains("header."));
    }

    [TestCase("opaque")]
    [TestCase("a.b.c")]
    [TestCase("a.!!!.c")]
    public void Tokens_that_tell_nothing_pass(string token) =>
        Assert.That(SynapseConfiguration.Load(Request() with { Token = token }).Token, Is.EqualTo(token));

    [Test]
    public void A_token_with_the_view_scope_passes() =>
        Assert.That(SynapseConfiguration.Load(Request() with { Token = Jwt("""{"access":{"scope":["view","download"]}}""") }).Token,
            Is.Not.Null);

    [Test]
    public void A_named_file_that_does_not_exist_is_an_error() =>
        Assert.That(() => SynapseConfiguration.Load(Request() with { ConfigPath = "/nowhere/config" }),
            Throws.TypeOf<SynapseConfigurationException>().With.Message.Contains("/nowhere/config"));

    [Test]
    public void Nothing_prints_the_token()
    {
        var request = Request() with { Token = "hunter2" };

        Assert.That(request.ToString() + SynapseConfiguration.Load(request), Does.Not.Contain("hunter2"));
    }

    private ConfigurationRequest Request() =>
        new() { Environment = name => _environment.GetValueOrDefault(name), HomeDirectory = _home.Path };

    private void Write(string text) => File.WriteAllText(Path.Combine(_home.Path, ".synapseConfig"), text);

    private static string Jwt(string payload) =>
        $"header.{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.signature";
}
