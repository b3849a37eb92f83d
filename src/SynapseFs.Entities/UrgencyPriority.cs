using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities;

/// <summary>The engine's word for who waits, in the client's.</summary>
internal static class UrgencyPriority
{
    public static RequestPriority ToPriority(this Urgency urgency) => urgency switch
    {
        Urgency.Waiting => RequestPriority.Interactive,
        Urgency.Ahead => RequestPriority.ReadAhead,
        Urgency.SendingAwaited => RequestPriority.AwaitedUpload,
        Urgency.Sending => RequestPriority.Upload,
        _ => RequestPriority.Background,
    };
}
