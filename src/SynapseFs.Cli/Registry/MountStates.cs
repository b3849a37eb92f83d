namespace SynapseFs.Cli.Registry;

internal static class MountStates
{
    public const string Running = "running";
    public const string NotAnswering = "not answering";
    public const string Stale = "stale";
}
