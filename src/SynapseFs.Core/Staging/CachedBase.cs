using SynapseFs.Core.Reading;
using SynapseFs.Store;

namespace SynapseFs.Core.Staging;

/// <summary>
/// Remote bytes below a staged content: one handle on the content, which reads what is cached and fetches what is not.
/// </summary>
/// <param name="file">Opened for this alone; closed with it.</param>
/// <param name="node">The remote id through which the bytes can be fetched.</param>
internal sealed class CachedBase(OpenContents contents, OpenFile file, string node) : BaseContent
{
    public override ContentKey? Key => file.Content.Key;

    public override string? Node => node;

    public override long Length => file.Content.Length;

    public override bool MayTurnOutWrong => file.HasReadUnverified;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        file.Content.ReadAsync(file, offset, destination, cancellationToken);

    protected override void Close() => contents.Close(file);
}
