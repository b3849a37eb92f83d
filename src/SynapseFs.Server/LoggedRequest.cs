namespace SynapseFs.Server;

/// <summary>Which of the server's doors a request came through.</summary>
public enum ServerService
{
    Repo,
    Auth,
    File,

    /// <summary>The "S3" side: pre-signed URLs.</summary>
    Storage,
    Unknown,
}

/// <summary>One request as it was answered. Holds no query, so no signature and no token.</summary>
public sealed record LoggedRequest
{
    public required long Number { get; init; }
    public required DateTimeOffset When { get; init; }
    public required ServerService Service { get; init; }
    public required string Method { get; init; }

    /// <summary>The route's pattern (<c>/repo/v1/entity/{id}</c>), or the path where no route fits.</summary>
    public required string Route { get; init; }
    public required string Path { get; init; }

    /// <summary>0 when the connection was cut before an answer.</summary>
    public required int Status { get; init; }

    /// <summary>Bytes of the answer's body that were sent.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Bytes of the request's body that were read.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Pre-signed download URLs handed out: each counts as a download in Synapse's statistics.</summary>
    public required int DownloadEvents { get; init; }

    /// <summary>Who asked; null on the storage side and when the token was refused.</summary>
    public long? PrincipalId { get; init; }

    public required TimeSpan Duration { get; init; }

    public bool IsDownloadEvent => DownloadEvents > 0;
}
