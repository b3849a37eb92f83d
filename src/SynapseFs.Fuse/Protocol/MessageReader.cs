using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SynapseFs.Fuse.Protocol;

/// <summary>Takes one request apart from front to back. The only reader of raw bytes: it never reads beyond the message.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public readonly int Remaining => _rest.Length;

    public T Read<T>()
        where T : unmanaged
    {
        if (!MemoryMarshal.TryRead<T>(_rest, out var value))
        {
            throw new MalformedMessageException(
                $"A request ends {Unsafe.SizeOf<T>() - _rest.Length} bytes before its {typeof(T).Name} does.");
        }

        _rest = _rest[Unsafe.SizeOf<T>()..];
        return value;
    }

    /// <summary>For structures that grew over the protocol's versions: what an older kernel does not send is zero.</summary>
    public T ReadGrown<T>()
        where T : unmanaged
    {
        var value = default(T);
        var bytes = MemoryMarshal.AsBytes(new Span<T>(ref value));
        var length = Math.Min(bytes.Length, _rest.Length);
        _rest[..length].CopyTo(bytes);
        _rest = _rest[length..];
        return value;
    }

    /// <summary>A name up to its closing zero, which is consumed and not returned.</summary>
    public ReadOnlySpan<byte> ReadName()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
            throw new MalformedMessageException("A request ends inside a name.");
        var name = _rest[..end];
        _rest = _rest[(end + 1)..];
        return name;
    }

    public ReadOnlySpan<byte> ReadBytes(uint count)
    {
        if (count > _rest.Length)
            throw new MalformedMessageException($"A request announces {count} bytes and holds {_rest.Length}.");
        var bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return bytes;
    }
}
