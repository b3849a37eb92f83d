using System.Net.Sockets;
using System.Text.Json;
using SynapseFs.Cli.Finding;
using SynapseFs.Core;
using SynapseFs.Core.Searching;

namespace SynapseFs.Cli.Control;

/// <summary>One client of a running mount: its line, and the lines it is answered with. A client that goes away ends its wait.</summary>
internal sealed class ControlConnection(Socket peer, ControlVerbs verbs, TimeProvider time)
{
    private const int LongestRequest = 64 << 10;
    private const int MostItems = 100_000;
    private const int LeastRest = 5;

    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Never fails; what goes wrong is told to the client, if it is still there.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        using (peer)
        {
            try
            {
                await using var stream = new NetworkStream(peer);
                await AnswerAsync(stream, cancellationToken);
            }
            catch (Exception problem) when (IsEnd(problem))
            {
                // The client went away, or the mount ends.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        ControlAnswer last;
        try
        {
            last = await LastLineAsync(stream, Parse(await ReadLineAsync(stream, cancellationToken)), cancellationToken);
        }
        catch (JsonException problem)
        {
            last = new ControlAnswer { Error = $"The request is no line of the protocol: {CommandLine.OneLine(problem.Message)}" };
        }
#pragma warning disable CA1031 // the outermost catch of a request: whatever went wrong is its answer, and the mount goes on
        catch (Exception problem) when (!IsEnd(problem))
#pragma warning restore CA1031
        {
            last = new ControlAnswer { Error = CommandLine.OneLine(problem.Message) };
        }
        await SendAsync(stream, last, cancellationToken);
    }

    private static bool IsEnd(Exception problem) =>
        problem is OperationCanceledException or SocketException or IOException or ObjectDisposedException;

    private async Task<ControlAnswer> LastLineAsync(
        NetworkStream stream, ControlRequest request, CancellationToken cancellationToken) => request switch
        {
            { Verb: null or ControlRequest.Status } => new ControlAnswer { Status = verbs.Status() },
            { Verb: ControlRequest.Pending, Most: null or >= 0 } =>
                new ControlAnswer { Items = verbs.Pending(Math.Min(request.Most ?? MostItems, MostItems)) },
            { Verb: ControlRequest.Wait, Path: ['/', ..] path } =>
                new ControlAnswer { Items = await WaitAsync(stream, (latest, ending) => verbs.Wait(path, latest, ending), cancellationToken) },
            { Verb: ControlRequest.Wait, Process: > 0 and var process } =>
                new ControlAnswer { Items = await WaitAsync(stream, (latest, ending) => verbs.WaitFor(process, latest, ending), cancellationToken) },
            { Verb: ControlRequest.Provenance, Path: ['/', ..] path, Up: >= 0 and var up } =>
                new ControlAnswer { Graph = await verbs.Provenance(path, up, cancellationToken) },
            { Verb: ControlRequest.Facts, Path: ['/', ..] path } =>
                new ControlAnswer { Facts = await verbs.Facts(path, cancellationToken) },
            { Verb: ControlRequest.Find, Path: ['/', ..] path, Terms: { Count: > 0 } terms } =>
                await FindAsync(stream, new FindRequest(path, terms, request.Type, request.Reach ?? WalkReach.Unknown), cancellationToken),
            { Verb: ControlRequest.Capture, Process: > 0 and var process } => verbs.Capture(process)
                ? new ControlAnswer { Items = [] }
                : new ControlAnswer { Error = $"There is no process {process}, as seen from the mount." },
            _ => new ControlAnswer { Error = $"The verb '{request.Verb}' is unknown, or lacks what it needs." },
        };

    private async Task<IReadOnlyList<PendingItem>> WaitAsync(
        NetworkStream stream, Func<IProgress<PendingSummary>, CancellationToken, Task<IReadOnlyList<PendingItem>>> wait,
        CancellationToken cancellationToken)
    {
        var latest = new LatestSummary();
        return await RunAsync(
            stream, ending => wait(latest, ending),
            () => new ControlAnswer { Progress = WaitProgress.Of(latest.Summary, verbs.Status()) }, cancellationToken);
    }

    private async Task<ControlAnswer> FindAsync(NetworkStream stream, FindRequest request, CancellationToken cancellationToken)
    {
        var find = verbs.Find(request);
        await RunAsync(stream, find.RunAsync, () => new ControlAnswer { Finding = find.Next() }, cancellationToken);
        return new ControlAnswer { Found = find.Next() };
    }

    /// <summary>Carries out what takes long, with a line of progress now and then, until the client goes away.</summary>
    private async Task<T> RunAsync<T>(
        NetworkStream stream, Func<CancellationToken, Task<T>> work, Func<ControlAnswer> progress, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(ending.Token);
        var leaving = CancelWhenGoneAsync(stream, ending);
        try
        {
            using var period = new PeriodicTimer(ProgressPeriod, time);
            while (await Task.WhenAny(running, period.WaitForNextTickAsync(CancellationToken.None).AsTask()) != running)
            {
                var began = time.GetTimestamp();
                await SendAsync(stream, progress(), ending.Token);
                // Summing up very many changes takes a while, and is then done less often.
                var rest = time.GetElapsedTime(began) * LeastRest;
                period.Period = rest > ProgressPeriod ? rest : ProgressPeriod;
            }
            return await running;
        }
        finally
        {
            await ending.CancelAsync();
            await leaving;
            // Awaited without its result: by now it is the client's leaving, or has been thrown already.
            await Task.WhenAny(running);
        }
    }

    // Nothing more is expected from the client, so whatever a read returns with is its end.
    private static async Task CancelWhenGoneAsync(NetworkStream stream, CancellationTokenSource ending)
    {
        try
        {
            _ = await stream.ReadAsync(new byte[1], ending.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // As good as an end.
        }
        await ending.CancelAsync();
    }

    private static ControlRequest Parse(ReadOnlyMemory<byte> line) => line.Span.Trim(" \r\t"u8).IsEmpty
        ? new ControlRequest()
        : JsonSerializer.Deserialize(line.Span, ControlJson.Lines.ControlRequest) ?? throw new JsonException("null is no request.");

    private static async Task<ReadOnlyMemory<byte>> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestRequest];
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (read == 0 || end >= 0)
                return buffer.AsMemory(0, length + Math.Max(end, 0));
            length += read;
            if (length == buffer.Length)
                throw new JsonException($"It is longer than {LongestRequest} bytes.");
        }
    }

    private static async Task SendAsync(NetworkStream stream, ControlAnswer answer, CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(answer, ControlJson.Lines.ControlAnswer), (byte)'\n'];
        await stream.WriteAsync(line, cancellationToken);
    }

    private sealed class LatestSummary : IProgress<PendingSummary>
    {
        private volatile PendingSummary? _summary;

        public PendingSummary? Summary => _summary;

        public void Report(PendingSummary value) => _summary = value;
    }
}
