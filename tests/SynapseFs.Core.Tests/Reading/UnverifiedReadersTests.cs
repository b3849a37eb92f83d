using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Core.Reading;
using SynapseFs.Store;
using SynapseFs.Testing.Processes;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class UnverifiedReadersTests
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<InodeNumber> _wrong = [];
    private CacheDirectory _cache = null!;
    private StoredContent _stored = null!;
    private UnverifiedReaders _readers = null!;

    [SetUp]
    public void Open()
    {
        _cache = CacheDirectory.Open(_directory.Path, new StoreOptions { BlockSize = 1024 }, TimeProvider.System, NullLoggerFactory.Instance);
        _stored = _cache.Contents.Open(new ContentKey("1", new string('0', 32)), 200_000);
        _readers = new UnverifiedReaders(_stored, NullLogger.Instance, _wrong.Add);
        _stored.Write(0, Block(1));
        _stored.Write(1, Block(1));
    }

    [TearDown]
    public void Close()
    {
        _stored.Dispose();
        _cache.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void Bytes_copied_before_a_content_was_found_wrong_are_not_handed_out_after()
    {
        var (file, round) = (File(5), _readers.Round);
        _readers.HoldBack();
        Assert.That(_readers.TryMark(file, new BlockRange(0, 1), _readers.Round), Is.False);
        _readers.LetGo();

        Assert.That(_readers.TryMark(file, new BlockRange(0, 1), round), Is.False);
        Assert.That(_readers.TryMark(file, new BlockRange(0, 1), _readers.Round), Is.True);
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void Only_those_whose_blocks_come_otherwise_are_misled(int read, bool areMisled)
    {
        var file = File(5);
        _readers.Attach(file);
        _readers.TryMark(file, new BlockRange(read, read + 1), _readers.Round);
        _readers.HoldBack();
        _stored.DropAll();
        _stored.Write(0, Block(2));
        _stored.Write(1, Block(1));

        Assert.That((_readers.WereGivenBytes, _readers.AreMisled), Is.EqualTo((true, areMisled)));
    }

    [Test]
    public void Who_was_given_something_is_poisoned_and_the_kernel_forgets_it_also_where_it_is_closed()
    {
        var (open, closed, other) = (File(5), File(6), File(7));
        foreach (var file in (OpenFile[])[open, closed, other])
            _readers.Attach(file);
        _readers.TryMark(open, new BlockRange(0, 1), _readers.Round);
        _readers.TryMark(closed, new BlockRange(0, 1), _readers.Round);
        _readers.Detach(closed);

        _readers.Poison();

        Assert.That((open.IsPoisoned, other.IsPoisoned), Is.EqualTo((true, false)));
        Assert.That(_wrong, Is.EquivalentTo(new[] { open.Inode, closed.Inode }));
    }

    private static byte[] Block(byte value) => [.. Enumerable.Repeat(value, 1024)];

    // What it reads by is not asked here.
    private static OpenFile File(ulong inode) => new(new InodeNumber(inode), null!, null!, null!);
}
