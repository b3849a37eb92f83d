using SynapseFs.Api;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Changing;

/// <summary>An entity to be made.</summary>
internal sealed record Creation
{
    public required NodeKind Kind { get; init; }

    /// <summary>The name to show for it.</summary>
    public required string Shown { get; init; }

    public required Entity Entity { get; init; }

    /// <summary>The file handle that it names; null for what has none.</summary>
    public FileHandle? FileHandle { get; init; }

    /// <summary>What generates it; null: nothing that is known.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Whether what stands under the name already is what was wanted: then it is taken for it.</summary>
    public required Func<EntityBundle, CancellationToken, ValueTask<bool>> IsIt { get; init; }
}
