using System.Globalization;
using System.Text;
using SynapseFs.Core;

namespace SynapseFs.CrashMount;

/// <summary>Questions from standard input, one a line, each answered by a line.</summary>
internal sealed class Commands(RemoteFileSystem engine, TextReader input, TextWriter output)
{
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
        "notices" => new StringBuilder().AppendJoin(" | ", engine.GetStatus().Notices).ToString(),
        _ => "unknown command",
    };

    private static string Describe(PendingSummary pending) => string.Create(
        CultureInfo.InvariantCulture, $"{pending.Waiting} {pending.Blocked} {pending.LocalOnly} {pending.Bytes}");
}
