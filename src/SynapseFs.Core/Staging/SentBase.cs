using SynapseFs.Core.Writing;
using SynapseFs.Store;

namespace SynapseFs.Core.Staging;

/// <summary>
/// A staged content that was sent, below one that was written meanwhile: its bytes are still here, and the remote side has them under
/// a key. It keeps the other from closing.
/// </summary>
internal sealed class SentBase : BaseContent
{
    private readonly StagedContent _content;
    private readonly CleanContent _sent;

    public SentBase(StagedContent content, CleanContent sent)
    {
        (_content, _sent) = (content, sent);
        _content.Enter();
    }

    public override ContentKey? Key => _sent.Key;

    public override string? Node => _sent.Node;

    public override long Length => _sent.Length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        _content.ReadAsync(offset, destination, cancellationToken);

    protected override void Close() => _content.Leave();
}
