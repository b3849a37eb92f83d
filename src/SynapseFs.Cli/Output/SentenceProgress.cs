namespace SynapseFs.Cli.Output;

/// <summary>Passes steps of longer work on to the person who waits, each at once and in order.</summary>
internal sealed class SentenceProgress(Terminal terminal) : IProgress<string>
{
    public void Report(string value) => terminal.Error.WriteLine(value);
}
