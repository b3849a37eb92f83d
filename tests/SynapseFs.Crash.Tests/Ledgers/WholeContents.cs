using System.Security.Cryptography;

namespace SynapseFs.Crash.Tests.Ledgers;

/// <summary>MD5s of all contents that were ever written as a whole, by any worker. Thread-safe.</summary>
internal sealed class WholeContents
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _sums = [];

    public void Add(ReadOnlySpan<byte> content)
    {
        var sum = Md5(content);
        lock (_lock)
            _sums.Add(sum);
    }

    public bool Contains(string md5)
    {
        lock (_lock)
            return _sums.Contains(md5);
    }

    public static string Md5(ReadOnlySpan<byte> content) =>
#pragma warning disable CA5351 // what Synapse compares contents by
        Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
}
