using Microsoft.Extensions.Logging;
using SynapseFs.Core.Providers;
using SynapseFs.Store;

namespace SynapseFs.Core.Tree;

/// <summary>What every room of one mount is built from.</summary>
internal sealed record MountParts(
    CacheDirectory Cache, NodeProviders Providers, MountOptions Options, TimeProvider Time, ILogger Log);
