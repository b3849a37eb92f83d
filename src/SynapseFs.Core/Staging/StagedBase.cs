using SynapseFs.Core.Writing;

namespace SynapseFs.Core.Staging;

/// <summary>
/// A staged content that is on its way, below the one that is written meanwhile. It keeps the other from closing.
/// </summary>
internal sealed class StagedBase : BaseContent
{
    private readonly StagedContent _content;

    /// <exception cref="InvalidOperationException">The content is not frozen, so its bytes could still change.</exception>
    public StagedBase(StagedContent content)
    {
        if (!content.IsFrozen)
            throw new InvalidOperationException($"Staged content {content.Number} may still change.");
        _content = content;
        _content.Enter();
    }

    public override long? StagedNumber => _content.Number;

    public override long Length => _content.Length;

    public override bool MayTurnOutWrong => _content.Base?.MayTurnOutWrong ?? false;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        _content.ReadAsync(offset, destination, cancellationToken);

    protected override void Close() => _content.Leave();
}
