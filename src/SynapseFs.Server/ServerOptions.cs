using System.Net;

namespace SynapseFs.Server;

/// <summary>How an embedded server is started. Everything but the data directory has a default that is true to Synapse.</summary>
public sealed record ServerOptions
{
    /// <summary>Holds the whole world: SQLite, contents, the first user's token. Created (0700) when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where the services listen. The control interface never leaves the loopback address.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the services; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Port of the control interface (request log and faults) on loopback; null: there is none, 0: any free one.</summary>
    public int? ControlPort { get; init; }

    /// <summary>Path of a Unix socket (0600) for the control interface; null: there is none.</summary>
    public string? ControlSocket { get; init; }

    /// <summary>What GET /status tells at the start.</summary>
    public StackState State { get; init; }

    /// <summary>How long a download URL may be used, in whole seconds as S3 counts them.</summary>
    public TimeSpan UrlLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an upload part's URL may be used.</summary>
    public TimeSpan PartUrlLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an asynchronous job is under way at least; Synapse's own take seconds.</summary>
    public TimeSpan JobDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How far what is derived from the world (views, search, schema validation) lags behind it.</summary>
    public TimeSpan IndexDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether small previews are made of texts and tables, a moment after they were uploaded.</summary>
    public bool MakesPreviews { get; init; } = true;

    /// <summary>Bytes that each project may hold in Synapse's own storage unless a limit of its own is set; null: any number.</summary>
    public long? ProjectStorageLimit { get; init; }

    /// <summary>Ids of the users who may set the storage limits of projects.</summary>
    public IReadOnlyList<long> PlanManagers { get; init; } = [];

    /// <summary>Whether the limits below are in force at the start; <see cref="SynapseServer.IsThrottled"/> changes it later.</summary>
    public bool IsThrottled { get; init; } = true;

    /// <summary>Calls that one user, session and address may have under way at a time.</summary>
    public int MaxConcurrentRequests { get; init; } = 3;

    /// <summary>Calls that one user, session and address may make within 60 seconds.</summary>
    public int MaxRequestsPerMinute { get; init; } = 600;

    /// <summary>The user who is made at the first start in a data directory.</summary>
    public string FirstUserName { get; init; } = "demo";

    /// <summary>The first user's password; null: the first user logs in by token only.</summary>
    public string? FirstUserPassword { get; init; }

    /// <summary>The numeric part of the first entity's id in a fresh data directory; later ones count up.</summary>
    public long FirstEntityId { get; init; } = 1899497;

    /// <summary>Further users, made or brought up to date at every start.</summary>
    public IReadOnlyList<ServerUser> Users { get; init; } = [];

    // A record would print the password.
    public override string ToString() => $"{nameof(ServerOptions)} {DataDirectory}";
}
