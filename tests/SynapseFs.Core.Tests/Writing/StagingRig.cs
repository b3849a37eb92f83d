using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Writing;
using SynapseFs.Store;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>A staging area in a temporary cache directory.</summary>
internal sealed class StagingRig : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CacheDirectory _cache;

    public StagingRig() =>
        _cache = CacheDirectory.Open(_directory.Path, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    public StagingArea Area => _cache.Staging;

    public StagedContent Empty() => StagedContent.Create(Area, null, 0);

    public StagedContent Over(BaseContent below) => StagedContent.Create(Area, below, below.Length);

    /// <summary>Reads to the end.</summary>
    public static async Task<byte[]> ReadAllAsync(StagedContent content)
    {
        var bytes = new byte[content.Length + 1];
        var count = await content.ReadAsync(0, bytes, CancellationToken.None);
        return bytes[..count];
    }

#pragma warning disable CA5351 // what the remote service asks for
    public static string Md5Of(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    public void Dispose()
    {
        _cache.Dispose();
        _directory.Dispose();
    }
}
