namespace SynapseFs.Store.Contents;

/// <summary>One block's news for the index.</summary>
/// <param name="ByteChange">By how much the content's cached bytes grew or shrank.</param>
internal readonly record struct BlockChange(long Content, long Block, ulong Checksum, BlockState State, int ByteChange);

internal enum BlockState
{
    /// <summary>Not cached, and any bytes are welcome.</summary>
    Gone,

    /// <summary>Not cached, but only bytes of this checksum are welcome: the content was verified with them.</summary>
    Expected,

    Present,
}
