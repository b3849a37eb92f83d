using Spectre.Console;

namespace SynapseFs.Cli.Output;

/// <summary>Shows how long work stands: a line that changes in place for a person, a sentence now and then for a log.</summary>
internal sealed class WorkDisplay(Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan BetweenSentences = TimeSpan.FromSeconds(30);

    /// <summary>Runs the work, which tells how it stands as often as it likes.</summary>
    public async Task<T> ShowAsync<T>(string beginning, Func<Action<string>, Task<T>> work)
    {
        if (terminal.IsInteractive)
            return await AnsiConsole.Status().StartAsync(Markup.Escape(beginning), line => work(text => line.Status = Markup.Escape(text)));
        var last = time.GetTimestamp();
        return await work(text =>
        {
            if (time.GetElapsedTime(last) < BetweenSentences)
                return;
            last = time.GetTimestamp();
            terminal.Remark(text);
        });
    }
}
