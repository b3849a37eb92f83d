namespace SynapseFs.Crash.Tests.Ledgers;

/// <summary>
/// What a file must hold: the content that was last acknowledged by close or fsync, and what was written since, of which a crash may
/// leave anything.
/// </summary>
internal sealed class FileRecord
{
    private readonly List<byte[]> _since = [];

    public FileRecord(int id) => Id = id;

    private FileRecord(FileRecord other)
    {
        Id = other.Id;
        Whole = other.Whole;
        IsSure = other.IsSure;
        _since = [.. other._since];
    }

    /// <summary>Names the file through all renames.</summary>
    public int Id { get; }

    /// <summary>The content that was acknowledged last; empty before.</summary>
    public byte[] Whole { get; private set; } = [];

    /// <summary>The contents after each unacknowledged write or truncation, oldest first.</summary>
    public IReadOnlyList<byte[]> Since => _since;

    /// <summary>Whether it must exist: a file that was opened for the first time and never closed need not.</summary>
    public bool IsSure { get; private set; }

    /// <summary>What a reader sees now.</summary>
    public byte[] Current => _since.Count > 0 ? _since[^1] : Whole;

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var now = new byte[Math.Max(Current.Length, offset + bytes.Length)];
        Current.CopyTo(now, 0);
        bytes.CopyTo(now.AsSpan((int)offset));
        _since.Add(now);
    }

    public void SetLength(int length)
    {
        var now = new byte[length];
        Current.AsSpan(0, Math.Min(length, Current.Length)).CopyTo(now);
        _since.Add(now);
    }

    /// <summary>All of it was acknowledged.</summary>
    public void Settle()
    {
        Whole = Current;
        _since.Clear();
        IsSure = true;
    }

    /// <summary>A name was given to it, and that was acknowledged.</summary>
    public void MakeSure() => IsSure = true;

    /// <summary>After a crash: this is what was left of it.</summary>
    public void Adopt(byte[] seen)
    {
        Whole = seen;
        _since.Clear();
        IsSure = true;
    }

    public FileRecord Copy() => new(this);

    /// <summary>Null when these bytes may be the file's after a crash, else why not.</summary>
    public string? Refuse(ReadOnlySpan<byte> seen)
    {
        if (_since.Count == 0)
            return seen.SequenceEqual(Whole) ? null : Describe(seen, Whole);
        var longest = Math.Max(Whole.Length, _since.Max(state => state.Length));
        if (seen.Length > longest)
            return $"{seen.Length} bytes, and it never had more than {longest}";
        for (var at = 0; at < seen.Length; at++)
        {
            if (!MayHold(at, seen[at]))
                return $"the byte at {at} was never written there ({_since.Count} unacknowledged states)";
        }

        return null;
    }

    // Zero: a length that was extended before its bytes came.
    private bool MayHold(int at, byte value)
    {
        if (value == 0 || (at < Whole.Length && Whole[at] == value))
            return true;
        foreach (var state in _since)
        {
            if (at < state.Length && state[at] == value)
                return true;
        }

        return false;
    }

    private static string Describe(ReadOnlySpan<byte> seen, ReadOnlySpan<byte> expected) => seen.Length != expected.Length
        ? $"{seen.Length} bytes instead of {expected.Length}, alike for the first {seen.CommonPrefixLength(expected)}"
        : $"other bytes from {seen.CommonPrefixLength(expected)} on, of {expected.Length}";
}
