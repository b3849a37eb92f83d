using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Changing;

/// <summary>Who is calling, asked for once. Failures are <see cref="SynapseException"/>.</summary>
internal sealed class OwnId(SynapseClient client)
{
    // A race costs a second call at worst.
    private volatile string? _known;

    /// <summary>The caller's principal id.</summary>
    public async Task<string> GetAsync(Urgency urgency, CancellationToken cancellationToken) =>
        _known ??= (await client.Account.GetProfileAsync(urgency.ToPriority(), cancellationToken)).OwnerId ?? "";
}
