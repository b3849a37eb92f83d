using SynapseFs.Cli.Output;

namespace SynapseFs.Cli.Mounting;

/// <summary>A person, or a supervisor, at this process's own output.</summary>
internal sealed class ForegroundAnnouncer(Terminal terminal) : IMountAnnouncer
{
    public CancellationToken Abandoned => CancellationToken.None;

    public void Note(string sentence) => terminal.Remark(sentence);

    public void Ready(string sentence)
    {
        terminal.Say($"{sentence}, or with Ctrl-C.");
        terminal.Output.Flush();
    }
}
