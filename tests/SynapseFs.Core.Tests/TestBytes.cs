namespace SynapseFs.Core.Tests;

/// <summary>Bytes that are the same in every run and different in every place.</summary>
internal static class TestBytes
{
    public static byte[] Of(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>NUnit compares large arrays byte by byte through objects; this takes no time.</summary>
    public static bool AreSame(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}
