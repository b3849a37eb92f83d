using System.Net;
using System.Net.Http.Headers;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Client.Transport;

/// <summary>
/// Two ways out that share nothing. The service's carries the token; the storage's must not: S3 refuses a second kind of
/// authentication, and the token is nobody else's business. Neither follows redirects by itself, for the same reason.
/// </summary>
internal sealed class Connections : IDisposable
{
    private readonly HttpClient _service;
    private readonly HttpClient _storage;
    private readonly SynapseSettings _settings;
    private readonly AuthenticationHeaderValue? _authorization;

    public Connections(SynapseSettings settings, SynapseClientOptions options)
    {
        _settings = settings;
        _authorization = settings.Token is null ? null : new AuthenticationHeaderValue("Bearer", settings.Token);
        var serviceHandler = Common(options);
        serviceHandler.AutomaticDecompression = DecompressionMethods.All;
        // The session cookie is part of the service's throttling key: without it each call would look like a new client, and its
        // limits, which we mean to keep, would not see us as one. It is kept in memory only.
        serviceHandler.UseCookies = true;
        var storageHandler = Common(options);
        storageHandler.UseCookies = false;
        storageHandler.MaxConnectionsPerServer = options.StorageTransfers + 2;
        _service = Client(serviceHandler);
        // A file named x.gz must arrive as it lies there.
        _storage = Client(storageHandler);
        _storage.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    public static string UserAgent { get; } = $"synapsefs/{typeof(Connections).Assembly.GetName().Version?.ToString(3) ?? "0.0.0"}";

    public async Task<ApiAnswer> SendAsync(ApiCall call, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, Address(call.Service, call.Path));
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "UTF-8");
        }
        using var response = await _service.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new ApiAnswer((int)response.StatusCode, bytes, response.Content.Headers.ContentType?.MediaType, response.Headers.Date);
    }

    /// <summary>To the storage, with nothing but what <paramref name="request"/> holds; the caller owns the answer.</summary>
    public Task<HttpResponseMessage> SendToStorageAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _storage.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose()
    {
        _service.Dispose();
        _storage.Dispose();
    }

    private Uri Address(SynapseService service, string path)
    {
        var endpoint = service switch
        {
            SynapseService.Repo => _settings.Endpoints.Repo,
            SynapseService.Auth => _settings.Endpoints.Auth,
            _ => _settings.Endpoints.File,
        };
        return new Uri(endpoint.AbsoluteUri.TrimEnd('/') + path);
    }

    private static SocketsHttpHandler Common(SynapseClientOptions options) => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = options.ConnectTimeout,
        // Names may move to other machines while a mount lives for weeks.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
    };

    private static HttpClient Client(SocketsHttpHandler handler)
    {
        // Each try has its own time limit (ServiceCircuit, StorageTransfer), so the client as a whole has none.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        return client;
    }
}
