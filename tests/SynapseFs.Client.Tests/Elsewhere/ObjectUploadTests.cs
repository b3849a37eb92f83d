using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Client.Configuration;
using SynapseFs.Client.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Client.Tests.Elsewhere;

/// <summary>Where the AWS profiles lie is said in an environment variable, which the library reads once in a process.</summary>
[NonParallelizable]
internal sealed class ObjectUploadTests
{
    private const string Variable = "AWS_SHARED_CREDENTIALS_FILE";
    private const string Name = "it's + made (1).bin";

    private readonly byte[] _content = new byte[(20 << 20) + 3];
    private TemporaryDirectory _directory = null!;
    private ScriptedServer _server = null!;
    private ScriptedStore _store = null!;
    private SynapseClient _client = null!;

    [OneTimeSetUp]
    public void Fill()
    {
        new Random(3).NextBytes(_content);
        _directory = new TemporaryDirectory();
        Environment.SetEnvironmentVariable(Variable, _directory.Combine("credentials"));
    }

    [OneTimeTearDown]
    public void Remove()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _directory.Dispose();
    }

    [SetUp]
    public async Task SetUp()
    {
        await File.WriteAllBytesAsync(_directory.Combine("x"), _content);
        _server = await ScriptedServer.StartAsync();
        _store = new ScriptedStore(_server);
        Write(ScriptedStore.SecretKey);
        var settings = Clients.Settings(_server.Address) with { Storages = new StorageLogins(_directory.Combine("config"), _directory.Path) };
        _client = new SynapseClient(settings, Clients.Quick, TimeProvider.System, new LogCollector());
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_content_goes_up_in_parts_by_signed_addresses_and_is_registered()
    {
        var made = await UploadAsync();

        Assert.That(_store.Whole!.Value.Bytes.AsSpan().SequenceEqual(_content), Is.True);
        Assert.That(_store.Whole.Value.Key, Does.EndWith("/" + Name));
        Assert.That(_store.Puts, Is.EquivalentTo(new[] { 1, 2, 3 }));
        Assert.That((made.Id, made.FileKey, made.ContentSize), Is.EqualTo(("77", _store.Whole.Value.Key, (long?)_content.Length)));
        Assert.That(_store.Registered, Does.Contain($"\"concreteType\":\"{SynapseTypes.ExternalObjectStoreFileHandle}\"").And.Contain("\"storageLocationId\":9"));
    }

    [Test]
    public async Task Parts_that_the_store_has_are_not_sent_again()
    {
        await UploadAsync();
        _store.UnderWay = _store.Whole!.Value.Key;
        _store.Parts.Remove(2, out _);
        _store.Puts.Clear();

        await UploadAsync();

        Assert.That(_store.Puts, Is.EqualTo(new[] { 2 }));
        Assert.That(_store.Whole!.Value.Bytes.AsSpan().SequenceEqual(_content), Is.True);
    }

    [Test]
    public async Task Wrong_keys_are_refused_with_what_to_correct_and_the_right_ones_are_read_at_the_next_try()
    {
        Write("wrong");

        Assert.That(UploadAsync, Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.StorageRefused)
            .And.Message.Contains("profile 'default'").And.Message.Contains("~/.aws/credentials"));
        Write(ScriptedStore.SecretKey);
        await UploadAsync();

        Assert.That(_store.Whole, Is.Not.Null);
    }

    [Test]
    public void A_content_that_is_not_what_it_was_said_to_be_is_not_registered()
    {
        File.WriteAllBytes(_directory.Combine("x"), [1, 2, 3]);

        Assert.That(UploadAsync, Throws.TypeOf<SynapseException>().With.Property("Failure").EqualTo(SynapseFailure.LocalFile));
        Assert.That(_store.Registered, Is.Null);
    }

    private Task<FileHandle> UploadAsync()
    {
        var destination = new UploadDestination
        {
            ConcreteType = SynapseTypes.ExternalObjectStoreUploadDestination,
            StorageLocationId = 9,
            EndpointUrl = _server.Address.ToString(),
            Bucket = ScriptedStore.Bucket,
            KeyPrefixUUID = Guid.NewGuid().ToString(),
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(_content);
        return _client.Uploads.UploadToAsync(
            destination, _directory.Combine("x"), Convert.ToHexStringLower(hash.GetCurrentHash()),
            new UploadDescription(Name, "application/octet-stream", 9), RequestPriority.Upload, null, default);
    }

    private void Write(string secret) => File.WriteAllText(
        _directory.Combine("credentials"), $"[default]\naws_access_key_id = {ScriptedStore.AccessKey}\naws_secret_access_key = {secret}\n");
}
