using SynapseFs.Client.Configuration;

namespace SynapseFs.Client.Tests.Support;

internal static class Clients
{
    public const string Token = "secret-token-5d41402abc";

    /// <summary>Short pauses: no test should wait for patience meant for people.</summary>
    public static SynapseClientOptions Quick { get; } = new()
    {
        Patience = new RetryPatience { FirstDelay = TimeSpan.FromMilliseconds(2), LongestDelay = TimeSpan.FromMilliseconds(20) },
    };

    public static SynapseSettings Settings(Uri server) =>
        new() { Endpoints = SynapseEndpoints.FromOverride(server.ToString()), Token = Token };

    public static SynapseClient For(Uri server, SynapseClientOptions? options = null, LogCollector? log = null) =>
        new(Settings(server), options ?? Quick, TimeProvider.System, log ?? new LogCollector());
}
