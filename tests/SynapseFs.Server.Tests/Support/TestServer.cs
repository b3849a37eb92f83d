using Microsoft.Extensions.Logging.Abstractions;

namespace SynapseFs.Server.Tests.Support;

/// <summary>A started server over a temporary data directory, with a second user "reader".</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly bool _ownsDirectory;

    private TestServer(SynapseServer server, string directory, bool ownsDirectory)
    {
        Server = server;
        _directory = directory;
        _ownsDirectory = ownsDirectory;
        Owner = new TestClient(server, server.FirstUser.Token);
        Reader = new TestClient(server, server.Accounts[0].Token);
        Nobody = new TestClient(server, token: null);
    }

    public SynapseServer Server { get; }
    public TestClient Owner { get; }
    public TestClient Reader { get; }
    public TestClient Nobody { get; }
    public string DataDirectory => _directory;

    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"server-tests-{Guid.NewGuid():N}");

    public static Task<TestServer> StartAsync() => StartAsync(options => options);

    public static Task<TestServer> StartAsync(Func<ServerOptions, ServerOptions> change) =>
        StartAsync(NewDirectory(), change, TimeProvider.System, ownsDirectory: true);

    public static Task<TestServer> StartAsync(TimeProvider time, Func<ServerOptions, ServerOptions> change) =>
        StartAsync(NewDirectory(), change, time, ownsDirectory: true);

    public static async Task<TestServer> StartAsync(
        string directory, Func<ServerOptions, ServerOptions> change, TimeProvider time, bool ownsDirectory)
    {
        var options = change(new ServerOptions
        {
            DataDirectory = directory,
            IsThrottled = false,
            MakesPreviews = false,
            Users = [new ServerUser { Name = "reader", Token = "reader-token" }],
        });
        var server = await SynapseServer.StartAsync(options, NullLoggerFactory.Instance, time, CancellationToken.None);
        return new TestServer(server, directory, ownsDirectory);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Reader.Dispose();
        Nobody.Dispose();
        await Server.DisposeAsync();
        if (_ownsDirectory)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
