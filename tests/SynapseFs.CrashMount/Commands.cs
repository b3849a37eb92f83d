using System.Globalization;
using SynapseFs.Core;

namespace SynapseFs.CrashMount;

/// <summary>Questions from standard input, one a line, each answered by a line.</summary>
internal sealed class Commands(RemoteFileSystem engine, TextReader input, TextWriter output)
{
    private const int MostListed = 20;
    private const string Wait = "wait ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the end of input, or when told to quit.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "commands" }.Start();

    private void Run()
    {
        while (input.ReadLine() is { } line && line != "quit")
        {
            output.WriteLine(Answer(line));
            output.Flush();
        }

        _ended.TrySetResult();
    }

    private string Answer(string line) => line switch
    {
        _ when line.StartsWith(Wait, StringComparison.Ordinal) => WaitFor(line[Wait.Length..]),
        "pending" => Describe(engine.GetStatus().Pending),
        "list" => Describe(engine.GetPending(MostListed)),
        "notices" => string.Join(" | ", engine.GetStatus().Notices),
        _ => "unknown command",
    };

    // What is blocked at or below the path once nothing else waits there; after a while, whatever still waits.
    private string WaitFor(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            // This thread is there for nothing else.
            return Describe(engine.WaitAsync(path, progress: null, patience.Token).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException)
        {
            return Describe(engine.GetPending(MostListed));
        }
    }

    private static string Describe(IReadOnlyList<PendingItem> items) =>
        string.Join(" | ", items.Select(item => $"{item.Path} {item.What} {item.State} {item.Reason}"));

    private static string Describe(PendingSummary pending) => string.Create(
        CultureInfo.InvariantCulture, $"{pending.Waiting} {pending.Blocked} {pending.LocalOnly} {pending.Bytes}");
}
