using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Sample;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Server;

namespace SynapseFs.Cli.Serving;

/// <summary>A running embedded server with everything in it that was asked for.</summary>
internal sealed class ServedWorld : IAsyncDisposable
{
    private ServedWorld(SynapseServer server, string? userName)
    {
        Server = server;
        Account = server.Accounts.FirstOrDefault(account => account.UserName == userName) ?? server.FirstUser;
    }

    public SynapseServer Server { get; }

    /// <summary>Whose configuration is told and who owns what is put in.</summary>
    public ServerAccount Account { get; }

    public static async Task<ServedWorld> StartAsync(
        WorldRequest request, Terminal terminal, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var world = new ServedWorld(
            await SynapseServer.StartAsync(request.Server, loggers, time, cancellationToken), request.UserName);
        try
        {
            await world.FillAsync(request, terminal, loggers, time, cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task FillAsync(WorldRequest request, Terminal terminal, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!request.WithSample && request.Imports.Count == 0)
            return;
        var wasThrottled = Server.IsThrottled;
        Server.IsThrottled = false;
        Server.SetState(StackState.ReadWrite, message: null);
        try
        {
            var settings = new SynapseSettings
            {
                Endpoints = new SynapseEndpoints(Server.RepoEndpoint, Server.AuthEndpoint, Server.FileEndpoint),
                Token = Account.Token,
                UserName = Account.UserName,
            };
            // The limits are the public service's; this server was just told to have none.
            var options = new SynapseClientOptions { CallsInFlight = 8, BackgroundCallsInFlight = 8, CallsPerWindow = 1_000_000 };
            await using var client = new SynapseClient(settings, options, time, loggers);
            if (request.WithSample)
                await SampleProject.EnsureAsync(client, new SampleOptions(), new SentenceProgress(terminal), cancellationToken);
            var import = new FolderImport(client, terminal);
            foreach (var folder in request.Imports)
                await import.RunAsync(folder, cancellationToken);
        }
        finally
        {
            Server.IsThrottled = wasThrottled;
            Server.SetState(request.Server.State, message: null);
        }
    }
}
