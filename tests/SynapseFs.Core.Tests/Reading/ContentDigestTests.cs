using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Core.Reading;
using SynapseFs.Store;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Core.Tests.Reading;

/// <summary>The sum that is kept up while a content arrives.</summary>
internal sealed class ContentDigestTests
{
    private const int Length = 48 << 20;
    private const long Lead = 1 << 20;

    private readonly TemporaryDirectory _directory = new();
    private CacheDirectory _cache = null!;
    private StoredContent _stored = null!;

    [SetUp]
    public void SetUp()
    {
        _cache = CacheDirectory.Open(_directory.Path, new StoreOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        _stored = _cache.Contents.Open(new ContentKey("1", new string('0', 32)), Length);
    }

    [TearDown]
    public void TearDown()
    {
        _stored.Dispose();
        _cache.Dispose();
        _directory.Dispose();
    }

    [Test]
    public async Task A_reader_in_sequence_stays_near_the_sum()
    {
        Fill();
        using var digest = new ContentDigest(_stored, Lead);
        var advancing = digest.Advance(CancellationToken.None)!;

        for (var offset = 0L; offset < Length; offset += _stored.BlockSize)
        {
            await digest.CatchUpAsync(offset, CancellationToken.None);
            Assert.That(digest.Reached, Is.GreaterThanOrEqualTo(offset - Lead));
        }

        await advancing;
        Assert.That(digest.Finish(CancellationToken.None), Is.EqualTo("f6a7b2f72130b8e4033094cb3b4ab80c"), "md5sum of as many zeros");
    }

    [Test]
    public async Task Nobody_waits_for_a_sum_that_does_not_go_on()
    {
        using var digest = new ContentDigest(_stored, Lead);

        await digest.CatchUpAsync(Lead + 1, CancellationToken.None);

        Fill();
        await digest.Advance(new CancellationToken(canceled: true))!;
        await digest.CatchUpAsync(Lead + (2 * _stored.BlockSize), CancellationToken.None);
        Assert.That(digest.Reached, Is.LessThanOrEqualTo(_stored.BlockSize));
    }

    private void Fill()
    {
        var zeros = new byte[_stored.BlockSize];
        for (var block = 0L; block < _stored.BlockCount; block++)
            _stored.Write(block, zeros.AsSpan(0, _stored.BlockLength(block)));
    }
}
