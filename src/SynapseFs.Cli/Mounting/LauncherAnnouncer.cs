namespace SynapseFs.Cli.Mounting;

/// <summary>
/// The launcher at the other end of standard input and output. It holds the input open for as long as it waits: its end before
/// readiness means that nobody wants the mount any more.
/// </summary>
internal sealed class LauncherAnnouncer : IMountAnnouncer, IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private readonly StreamWriter _output;

    public LauncherAnnouncer(Stream output, Stream input)
    {
        _output = new StreamWriter(output) { AutoFlush = true };
        // Blocks in read(2) until the launcher is gone, which it is right after readiness, so the thread is not kept.
        new Thread(() => Watch(input)) { IsBackground = true, Name = "launcher" }.Start();
    }

    public CancellationToken Abandoned => _abandoned.Token;

    public bool IsReady { get; private set; }

    public void Note(string sentence) => _output.WriteLine(Readiness.Note + CommandLine.OneLine(sentence));

    public void Ready(string sentence)
    {
        IsReady = true;
        _output.WriteLine(Readiness.Ready + CommandLine.OneLine(sentence));
    }

    public void Fail(int exitCode, string sentence) => _output.WriteLine(Readiness.FailedLine(exitCode, sentence));

    public void Dispose() => _output.Dispose();

    private void Watch(Stream input)
    {
        try
        {
            input.ReadByte();
        }
        catch (IOException)
        {
            // As good as an end.
        }
        if (!IsReady)
            _abandoned.Cancel();
    }
}
