using SynapseFs.Testing.Processes;

namespace SynapseFs.Testing.Elsewhere;

/// <summary>
/// An S3-compatible store with one bucket: s3rver, as <c>scripts/test</c> installs it. Of a signature it checks whose it is, not its sum.
/// </summary>
public sealed class ObjectStore : IAsyncDisposable
{
    public const string Bucket = "laboratory";

    /// <summary>The only keys that s3rver knows.</summary>
    public const string AccessKey = "S3RVER";
    private const string SecretKey = "S3RVER";

    private static readonly string Program =
        Path.Combine(ProgramFiles.Repository, "artifacts", "tools", "node_modules", "s3rver", "bin", "s3rver.js");

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port;
    private Loopback? _running;

    private ObjectStore(int port) => _port = port;

    /// <summary>"http://127.0.0.1:port".</summary>
    public string Endpoint => $"http://127.0.0.1:{_port}";

    /// <summary>Why none can run here; null: one can.</summary>
    public static string? WhyNone => File.Exists(Program) ? null : $"{Program} is missing: scripts/test installs it where npm can be had.";

    public static async Task<ObjectStore> StartAsync()
    {
        var store = new ObjectStore(Loopback.FreePort());
        await store.ResumeAsync();
        return store;
    }

    public async Task ResumeAsync()
    {
        _running = await Loopback.StartAsync(
            "node", [Program, "-d", _directory.Path, "-a", "127.0.0.1", "-p", $"{_port}", "--no-vhost-buckets", "--configure-bucket", Bucket], _port);
    }

    public async Task StopAsync()
    {
        if (_running is not null)
            await _running.DisposeAsync();
        _running = null;
    }

    /// <summary>What the store says of each request.</summary>
    public string Said => _running?.Said ?? "";

    /// <summary>The bytes of an object as the store keeps them; null: there is none.</summary>
    public byte[]? Find(string key)
    {
        var path = _directory.Combine(Bucket, key + "._S3rver_object");
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    /// <summary>~/.aws/credentials with these keys for a profile.</summary>
    public static string Credentials(string profile, string accessKey = AccessKey) =>
        $"[{profile}]\naws_access_key_id = {accessKey}\naws_secret_access_key = {SecretKey}\n";

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }
}
