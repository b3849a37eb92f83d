namespace SynapseFs.Store.Contents;

/// <summary>
/// Which blocks of one content are cached and which checksum each has or, dropped from a verified content, must have again.
/// Memory grows with the blocks known, not with the length. Changed under the content's lock; read without any.
/// </summary>
internal sealed class BlockMap
{
    private const int PageBlocks = 1024;
    private const int BitsPerWord = 64;

    private readonly long _blockCount;
    private readonly Page?[] _pages;
    private long _presentCount;

    public BlockMap(long blockCount)
    {
        _blockCount = blockCount;
        _pages = new Page?[(blockCount + PageBlocks - 1) / PageBlocks];
    }

    public long PresentCount => Volatile.Read(ref _presentCount);

    /// <summary>How many blocks have a checksum, cached or not.</summary>
    public long KnownCount { get; private set; }

    public bool IsComplete => PresentCount == _blockCount;

    /// <summary>Whether the content has a block of this number at all.</summary>
    public bool Covers(long block) => (ulong)block < (ulong)_blockCount;

    public bool IsPresent(long block) => PageOf(block) is { } page && IsSet(page.Present, block);

    /// <summary>The checksum of a cached block, or null.</summary>
    public ulong? Present(long block) =>
        PageOf(block) is { } page && IsSet(page.Present, block) ? Volatile.Read(ref page.Checksums[block % PageBlocks]) : null;

    /// <summary>The checksum that a block has or must have, or null when any bytes are welcome.</summary>
    public ulong? Known(long block) =>
        PageOf(block) is { } page && IsSet(page.Known, block) ? page.Checksums[block % PageBlocks] : null;

    /// <summary>Notes a cached block. Returns whether it was not cached before.</summary>
    public bool Add(long block, ulong checksum)
    {
        var page = Expect(block, checksum);
        if (IsSet(page.Present, block))
            return false;
        Change(page.Present, block, set: true);
        Volatile.Write(ref _presentCount, _presentCount + 1);
        return true;
    }

    /// <summary>Notes the checksum that a block must have, without having the block.</summary>
    public Page Expect(long block, ulong checksum)
    {
        ref var slot = ref _pages[block / PageBlocks];
        var page = slot;
        if (page is null)
            Volatile.Write(ref slot, page = new Page());
        Volatile.Write(ref page.Checksums[block % PageBlocks], checksum);
        if (!IsSet(page.Known, block))
        {
            Change(page.Known, block, set: true);
            KnownCount++;
        }
        return page;
    }

    /// <summary>Notes that a block is not cached any more.</summary>
    public void Remove(long block, bool keepExpected)
    {
        if (PageOf(block) is not { } page || !IsSet(page.Present, block))
            return;
        Change(page.Present, block, set: false);
        Volatile.Write(ref _presentCount, _presentCount - 1);
        if (keepExpected)
            return;
        Change(page.Known, block, set: false);
        KnownCount--;
    }

    public void Clear()
    {
        for (var i = 0; i < _pages.Length; i++)
            Volatile.Write(ref _pages[i], null);
        Volatile.Write(ref _presentCount, 0);
        KnownCount = 0;
    }

    private static bool IsSet(ulong[] bits, long block)
    {
        var at = (int)(block % PageBlocks);
        return (Volatile.Read(ref bits[at / BitsPerWord]) >> (at % BitsPerWord) & 1) != 0;
    }

    private static void Change(ulong[] bits, long block, bool set)
    {
        var at = (int)(block % PageBlocks);
        var bit = 1UL << (at % BitsPerWord);
        ref var word = ref bits[at / BitsPerWord];
        Volatile.Write(ref word, set ? word | bit : word & ~bit);
    }

    private Page? PageOf(long block) => Volatile.Read(ref _pages[block / PageBlocks]);

    internal sealed class Page
    {
        public ulong[] Checksums { get; } = new ulong[PageBlocks];

        public ulong[] Present { get; } = new ulong[PageBlocks / BitsPerWord];

        public ulong[] Known { get; } = new ulong[PageBlocks / BitsPerWord];
    }
}
