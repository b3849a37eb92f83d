using System.Text;

namespace SynapseFs.Vfs;

/// <summary>
/// One name in a directory, validated once at the door: not empty, not "." or "..", no '/' and no NUL, at most
/// <see cref="MaximumBytes"/> of UTF-8. Compared by code point; no case or Unicode folding.
/// </summary>
public readonly record struct FileName
{
    /// <summary>Longest name in bytes of UTF-8: what Linux FUSE carries. Synapse's own limit is 256 characters.</summary>
    public const int MaximumBytes = 1024;

    private readonly string? _value;

    private FileName(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An uninitialised file name.");

    /// <exception cref="FsException">InvalidArgument or NameTooLong, with the reason.</exception>
    public static FileName Create(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0 || value is "." or ".." || value.AsSpan().ContainsAny('/', '\0'))
            throw new FsException(FsError.InvalidArgument, $"'{value}' is not a file name.");
        return Encoding.UTF8.GetByteCount(value) <= MaximumBytes
            ? new FileName(value)
            : throw new FsException(FsError.NameTooLong, $"The name '{value[..40]}…' is longer than {MaximumBytes} bytes.");
    }

    public override string ToString() => Value;
}
