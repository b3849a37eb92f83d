using SynapseFs.Vfs;

namespace SynapseFs.Core.Providers;

/// <summary>All kinds of one mount, and who adds names to their directories.</summary>
public sealed class NodeProviders(IEnumerable<NodeProvider> providers, IEnumerable<DirectoryContributor> contributors)
{
    private readonly Dictionary<NodeKind, NodeProvider> _byKind = providers.ToDictionary(provider => provider.Kind);

    public IReadOnlyList<DirectoryContributor> Contributors { get; } = [.. contributors];

    public NodeProvider this[NodeKind kind] => _byKind.TryGetValue(kind, out var provider)
        ? provider
        : throw new FsException(FsError.NotSupported, $"This version knows no kind '{kind}'.");
}
