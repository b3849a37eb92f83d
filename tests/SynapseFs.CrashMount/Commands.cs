using System.Globalization;
using SynapseFs.Core;

namespace SynapseFs.CrashMount;

/// <summary>Questions from standard input, one a line, each answered by a line.</summary>
internal sealed class Commands(RemoteFileSystem engine, TextReader input, TextWriter output)
{
    private const int MostListed = 20;

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
        "pending" => Describe(engine.GetStatus().Pending),
        "list" => string.Join(" | ", engine.GetPending(MostListed).Select(item => $"{item.Path} {item.What} {item.State} {item.Reason}")),
        "notices" => string.Join(" | ", engine.GetStatus().Notices),
        _ => "unknown command",
    };

    private static string Describe(PendingSummary pending) => string.Create(
        CultureInfo.InvariantCulture, $"{pending.Waiting} {pending.Blocked} {pending.LocalOnly} {pending.Bytes}");
}
