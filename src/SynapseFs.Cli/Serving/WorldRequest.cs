using SynapseFs.Server;

namespace SynapseFs.Cli.Serving;

/// <summary>An embedded server as asked for, and what shall be in it.</summary>
internal sealed record WorldRequest
{
    public required ServerOptions Server { get; init; }

    /// <summary>Whose configuration is told; null: the server's first user.</summary>
    public string? UserName { get; init; }

    public bool WithSample { get; init; }

    public IReadOnlyList<ImportRequest> Imports { get; init; } = [];
}
