namespace SynapseFs.Client.Governing;

/// <summary>The right to be under way; disposing it, once or more often, gives it back once.</summary>
internal sealed class GovernorSlot(Governor governor, RequestPriority priority) : IDisposable
{
    private int _returned;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
            governor.Leave(priority);
    }
}
