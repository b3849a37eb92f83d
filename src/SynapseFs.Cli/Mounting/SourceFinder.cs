using SynapseFs.Client;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Mounting;

/// <summary>The source as Synapse tells it, or, when Synapse cannot be asked, as the last mount of it knew it.</summary>
internal sealed class SourceFinder(SynapseClient client, SynapseSettings settings, string cacheRoot)
{
    /// <exception cref="CliException">Neither knows it.</exception>
    public async Task<MountSource> FindAsync(MountRequest request, CancellationToken cancellationToken)
    {
        if (request.Offline)
        {
            return Remembered(request)
                ?? throw new CliException($"{request.Source ?? "Your list of projects"} was never mounted here, so nothing of it is known; mount it once without --offline.");
        }
        try
        {
            return await new SourceResolver(client, settings).ResolveAsync(request.Source, request.At, cancellationToken);
        }
        catch (SynapseException problem) when (problem.Failure is SynapseFailure.Offline or SynapseFailure.Unavailable && Remembered(request) is { } remembered)
        {
            return remembered with { Trouble = problem.Message };
        }
    }

    private MountSource? Remembered(MountRequest request) => (request.CacheDirectory is { } directory
        ? RememberedMount.Read(directory, request.Asked, settings)
        : RememberedMount.Find(cacheRoot, request.Asked, settings))?.ToSource();
}
