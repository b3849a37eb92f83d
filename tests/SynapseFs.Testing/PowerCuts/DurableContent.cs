namespace SynapseFs.Testing.PowerCuts;

/// <summary>
/// What of one file is on the medium: its pages as of its last sync. Since then any page may have been written back or not. Not
/// thread-safe.
/// </summary>
internal sealed class DurableContent
{
    private const int PageSize = 4096;

    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly HashSet<long> _touched = [];
    private long _length;
    private bool _isWhollyTouched;

    /// <summary>The range was changed and may not be on the medium.</summary>
    public void Touch(long offset, long length)
    {
        for (var page = offset / PageSize; page * PageSize < offset + length; page++)
            _touched.Add(page);
    }

    /// <summary>Anything may have changed, the length as well.</summary>
    public void TouchWhole() => _isWhollyTouched = true;

    /// <summary>From now on the medium has what readers see.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="read">Fills a buffer from an offset; what is not filled is zero.</param>
    public void Sync(long length, Action<long, byte[]> read)
    {
        if (_isWhollyTouched)
        {
            _pages.Clear();
            Touch(0, length);
        }

        foreach (var page in _touched)
            _pages[page] = PageOf(page, read);
        _length = length;
        _touched.Clear();
        _isWhollyTouched = false;
    }

    /// <summary>What is left when the power fails: of each page and of the length the new or the old state, as chance has it.</summary>
    public byte[] Cut(long length, Action<long, byte[]> read, Random random)
    {
        var left = new byte[random.Next(2) == 0 ? length : _length];
        // A file that is lucky or unlucky as a whole is likelier than one torn page by page.
        var luck = random.Next(3) switch { 0 => 0, 1 => 4, _ => 2 };
        for (long page = 0; page * PageSize < left.Length; page++)
        {
            var isChanged = _isWhollyTouched || _touched.Contains(page);
            Put(left, page, isChanged && random.Next(4) < luck ? PageOf(page, read) : _pages.GetValueOrDefault(page));
        }

        return left;
    }

    /// <summary>What the medium has of a file that is deleted, when the deletion is what did not get there.</summary>
    public byte[] Revive()
    {
        var left = new byte[_length];
        foreach (var (page, bytes) in _pages)
            Put(left, page, bytes);
        return left;
    }

    private static void Put(byte[] file, long page, byte[]? bytes)
    {
        var at = page * PageSize;
        if (at < file.Length)
            bytes?.AsSpan(0, (int)Math.Min(PageSize, file.Length - at)).CopyTo(file.AsSpan((int)at));
    }

    private static byte[] PageOf(long page, Action<long, byte[]> read)
    {
        var bytes = new byte[PageSize];
        read(page * PageSize, bytes);
        return bytes;
    }
}
