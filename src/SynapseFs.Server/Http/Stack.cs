using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Http;

/// <summary>The state of the whole service. Source: StackStatusInterceptor.</summary>
internal sealed class Stack(StackState state)
{
    private const string Maintenance = "Synapse is down for maintenance.";

    // Synapse lets every path through that holds one of these, so /entity/syn1/version/3 too.
    private static readonly string[] AlwaysAnswered = ["/admin", "/migration", "/version", "/status"];

    private volatile Told _told = new(state, null);

    public StackState State => _told.State;

    public StackStatus Status => new()
    {
        Status = _told.State switch
        {
            StackState.ReadWrite => "READ_WRITE",
            StackState.ReadOnly => "READ_ONLY",
            _ => "DOWN",
        },
        CurrentMessage = _told.Message,
    };

    public void Set(StackState state, string? message) => _told = new Told(state, message);

    public void RequireOpen(string path)
    {
        var told = _told;
        if (told.State != StackState.ReadWrite && !AlwaysAnswered.Any(part => path.Contains(part, StringComparison.Ordinal)))
        {
            throw new ServiceException(ServiceError.Unavailable, told.Message ?? Maintenance);
        }
    }

    private sealed record Told(StackState State, string? Message);
}
