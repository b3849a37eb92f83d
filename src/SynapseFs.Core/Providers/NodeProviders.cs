using SynapseFs.Vfs;

namespace SynapseFs.Core.Providers;

/// <summary>All kinds of one mount, and who adds names to their directories.</summary>
public sealed class NodeProviders(IEnumerable<NodeProvider> providers, IEnumerable<DirectoryContributor> contributors)
{
    private readonly Dictionary<NodeKind, NodeProvider> _byKind = providers.ToDictionary(provider => provider.Kind);

    /// <summary>What providers were given to look at the mount's tree; null when none does.</summary>
    public KnownTree? Tree { get; init; }

    /// <summary>Watches how contents come about; null: nobody does.</summary>
    public ContentWitness? Witness { get; init; }

    /// <summary>Tells details of many nodes at once; null: nothing does.</summary>
    public DetailsSource? Details { get; init; }

    public IReadOnlyList<DirectoryContributor> Contributors { get; } = [.. contributors];

    /// <summary>Whether this kind has a provider; a cache written by another version may hold some that have none.</summary>
    public bool Knows(NodeKind kind) => _byKind.ContainsKey(kind);

    public NodeProvider this[NodeKind kind] => _byKind.TryGetValue(kind, out var provider)
        ? provider
        : throw new FsException(FsError.NotSupported, $"This version knows no kind '{kind}'.");
}
