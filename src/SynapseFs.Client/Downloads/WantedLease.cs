using SynapseFs.Api;

namespace SynapseFs.Client.Downloads;

/// <summary>A lease that somebody waits for. Fields are guarded by the lock of <see cref="UrlLeases"/>.</summary>
internal sealed class WantedLease(FileHandleAssociation association, RequestPriority priority)
{
    public FileHandleAssociation Association => association;

    /// <summary>The most urgent of those who wait.</summary>
    public RequestPriority Priority { get; set; } = priority;

    /// <summary>A call that asks for it is on its way.</summary>
    public bool Taken { get; set; }

    public TaskCompletionSource<UrlLease> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
