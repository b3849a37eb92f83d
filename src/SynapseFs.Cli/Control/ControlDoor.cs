using System.Net.Sockets;
using System.Text.Json;
using SynapseFs.Cli.Finding;
using SynapseFs.Cli.Registry;
using SynapseFs.Core;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Cli.Control;

/// <summary>The client's side of a running mount's control socket. Null means that nobody answers.</summary>
internal sealed class ControlDoor(string path)
{
    /// <summary>A living mount answers "status" at once and a wait twice a second; this is for machines that are very busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What has to be asked of Synapse, a call for each version.</summary>
    private static readonly TimeSpan PatienceForSynapse = TimeSpan.FromMinutes(5);

    public async Task<MountReport?> GetStatusAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        (await AskAsync(new ControlRequest(), null, patience, cancellationToken))?.Status;

    /// <summary>The first changes not yet remote, oldest first.</summary>
    public async Task<IReadOnlyList<PendingItem>?> GetPendingAsync(int most, CancellationToken cancellationToken) =>
        (await AskAsync(new ControlRequest { Verb = ControlRequest.Pending, Most = most }, null, Patience, cancellationToken))?.Items;

    /// <summary>Waits until nothing at or below the path waits to be sent; what is blocked there.</summary>
    public async Task<IReadOnlyList<PendingItem>?> WaitAsync(
        string place, Action<WaitProgress> progress, CancellationToken cancellationToken) =>
        (await AskAsync(new ControlRequest { Verb = ControlRequest.Wait, Path = place }, step => progress(step.Progress!), Patience, cancellationToken))?.Items;

    /// <summary>Waits until nothing waits to be sent that a captured process, or what it started, has changed; what of that is blocked.</summary>
    public async Task<IReadOnlyList<PendingItem>?> WaitForAsync(int process, CancellationToken cancellationToken) =>
        (await AskAsync(new ControlRequest { Verb = ControlRequest.Wait, Process = process }, _ => { }, Patience, cancellationToken))?.Items;

    /// <summary>Looks for things; each step brings what was found since the one before, the last one too. False: nobody answers.</summary>
    public async Task<bool> FindAsync(FindRequest request, Action<FindStep> step, CancellationToken cancellationToken)
    {
        var line = new ControlRequest
        {
            Verb = ControlRequest.Find,
            Path = request.Path,
            Terms = request.Terms,
            Type = request.Type,
            Reach = request.Reach,
        };
        if ((await AskAsync(line, answer => step(answer.Finding!), Patience, cancellationToken))?.Found is not { } last)
            return false;
        step(last);
        return true;
    }

    /// <summary>What the mount knows about a path.</summary>
    public async Task<PathFacts?> GetFactsAsync(string place, CancellationToken cancellationToken)
    {
        var request = new ControlRequest { Verb = ControlRequest.Facts, Path = place };
        return (await AskAsync(request, null, PatienceForSynapse, cancellationToken))?.Facts;
    }

    /// <summary>What a path in the mount was made from.</summary>
    public async Task<ProvenanceGraph?> GetProvenanceAsync(string place, int up, CancellationToken cancellationToken)
    {
        var request = new ControlRequest { Verb = ControlRequest.Provenance, Path = place, Up = up };
        return (await AskAsync(request, null, PatienceForSynapse, cancellationToken))?.Graph;
    }

    /// <summary>Has the mount watch what a process and all that it starts make from what. False: nobody answers.</summary>
    public async Task<bool> CaptureAsync(int process, CancellationToken cancellationToken) =>
        await AskAsync(new ControlRequest { Verb = ControlRequest.Capture, Process = process }, null, Patience, cancellationToken) is not null;

    private async Task<ControlAnswer?> AskAsync(
        ControlRequest request, Action<ControlAnswer>? progress, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token);
            await using var stream = new NetworkStream(socket);
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Lines.ControlRequest), (byte)'\n'];
            await stream.WriteAsync(line, limit.Token);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(limit.Token) is { } answered)
            {
                limit.CancelAfter(patience);
                var answer = JsonSerializer.Deserialize(answered, ControlJson.Lines.ControlAnswer);
                if (answer is not ({ Progress: not null } or { Finding: not null }))
                    return answer?.Error is { } error ? throw new CliException($"The mount answers: {error}") : answer;
                progress?.Invoke(answer);
            }
            return null;
        }
        catch (Exception problem) when (problem is SocketException or IOException or JsonException or ArgumentException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
