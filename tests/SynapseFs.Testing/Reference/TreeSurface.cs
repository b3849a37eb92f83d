namespace SynapseFs.Testing.Reference;

/// <summary>A tree that steps can be carried out on, and what there is to see of it afterwards.</summary>
public abstract class TreeSurface : IAsyncDisposable
{
    /// <summary>What came of the step, in words that are the same on every surface where the same came of it.</summary>
    public abstract Task<string> RunAsync(TreeStep what);

    /// <summary>Every path with its type and bytes, and the bytes of every open file, one a line.</summary>
    public abstract Task<string> LookAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Bytes in words: how many of which, one run after the other.</summary>
    protected static string Describe(ReadOnlySpan<byte> bytes)
    {
        var runs = new List<string>();
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var end = rest.IndexOfAnyExcept(rest[0]);
            var count = end < 0 ? rest.Length : end;
            runs.Add($"{count}x{rest[0]}");
            rest = rest[count..];
        }

        return $"{bytes.Length}: {string.Join(' ', runs)}";
    }
}
