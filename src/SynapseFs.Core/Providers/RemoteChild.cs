namespace SynapseFs.Core.Providers;

/// <summary>One child as a listing tells it: cheap facts always, details only when they came along for free.</summary>
public sealed record RemoteChild
{
    /// <summary>The name to show: a valid <see cref="Vfs.FileName"/>, unique in its directory. The provider has escaped what needed it.</summary>
    public required string Name { get; init; }

    public required NodeKind Kind { get; init; }

    public required string RemoteId { get; init; }

    /// <summary>Changes whenever anything in <see cref="RemoteDetails"/> may have changed. Compared as text.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Details, if the listing had them; they spare the call to <see cref="NodeProvider.DescribeAsync"/>.</summary>
    public RemoteDetails? Details { get; init; }
}
