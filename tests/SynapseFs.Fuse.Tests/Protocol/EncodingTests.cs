using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Tests.Protocol;

public sealed class EncodingTests
{
    [TestCase("1970-01-01T00:00:00Z", 0, 0u)]
    [TestCase("1969-12-31T23:59:58.5Z", -2, 500_000_000u)]
    [TestCase("2038-01-19T03:14:08.1234567Z", 2147483648, 123_456_700u)]
    public void Times_split_into_seconds_and_positive_nanoseconds_and_back(string text, long seconds, uint nanoseconds)
    {
        var time = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(FuseTime.Split(time), Is.EqualTo((seconds, nanoseconds)));
        Assert.That(FuseTime.Join(seconds, nanoseconds), Is.EqualTo(time));
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    public void Times_beyond_the_calendar_become_its_ends(long seconds) => Assert.That(() => FuseTime.Join(seconds, uint.MaxValue), Throws.Nothing);

    [Test]
    public void A_negative_validity_is_none() => Assert.That(FuseTime.Split(TimeSpan.FromSeconds(-1)), Is.EqualTo((0UL, 0u)));

    [TestCase(0x0u, OpenMode.Read)]
    [TestCase(0x1u, OpenMode.Write)]
    [TestCase(0x2u, OpenMode.ReadWrite)]
    [TestCase(0x8401u, OpenMode.Write | OpenMode.Append)]
    [TestCase(0x281u, OpenMode.Write | OpenMode.Exclusive | OpenMode.Truncate)]
    public void Open_flags_become_modes(uint flags, OpenMode mode) => Assert.That(OpenFlags.ToMode(flags), Is.EqualTo(mode));

    [Test]
    public void Every_error_has_a_number_and_none_is_ENOSYS()
    {
        foreach (var error in Enum.GetValues<FsError>())
        {
            Assert.That(ErrorCodes.ToErrno(error), Is.Positive.And.Not.EqualTo(Errno.ENOSYS), error.ToString());
            if (error != FsError.InputOutput)
                Assert.That(ErrorCodes.ToErrno(error), Is.Not.EqualTo(Errno.EIO), error.ToString());
        }
    }

    [Test]
    public void Too_large_means_another_number_to_setxattr()
    {
        Assert.That(ErrorCodes.ToErrno(FsError.TooLarge, FuseOpcode.Write), Is.EqualTo(Errno.EFBIG));
        Assert.That(ErrorCodes.ToErrno(FsError.TooLarge, FuseOpcode.SetXattr), Is.EqualTo(Errno.E2BIG));
    }

    [Test]
    public void Bytes_that_are_no_text_are_no_name()
    {
        Assert.That(NameEncoding.ToFileName([0xff, 0xfe]), Is.Null);
        Assert.That(NameEncoding.ToFileName([0xed, 0xa0, 0x80]), Is.Null);
        Assert.That(NameEncoding.ToFileName("naïve"u8)!.Value.Value, Is.EqualTo("naïve"));
    }

    [Test]
    public void Blocks_follow_what_is_allocated_and_otherwise_the_length()
    {
        var attributes = new Attributes
        {
            Inode = InodeNumber.Root,
            Type = NodeType.File,
            Length = 1000,
            Permissions = FilePermissions.None,
            Modified = DateTimeOffset.UnixEpoch,
        };
        var encoding = new AttributeEncoding(7, 8);

        Assert.That(encoding.ToAttr(attributes).Blocks, Is.EqualTo(2));
        Assert.That(encoding.ToAttr(attributes with { AllocatedLength = 0 }).Blocks, Is.Zero);
        Assert.That((encoding.ToAttr(attributes).UserId, encoding.ToAttr(attributes).GroupId), Is.EqualTo((7u, 8u)));
        Assert.That(encoding.ToStatx(new Entry(attributes, TimeSpan.Zero)).Mask & StatxOut.BirthTime, Is.Zero);
    }
}
