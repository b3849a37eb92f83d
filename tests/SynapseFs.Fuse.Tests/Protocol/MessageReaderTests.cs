using SynapseFs.Fuse.Protocol;

namespace SynapseFs.Fuse.Tests.Protocol;

public sealed class MessageReaderTests
{
    [Test]
    public void A_lookup_is_taken_apart_field_by_field()
    {
        byte[] message =
        [
            44, 0, 0, 0, 1, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0x07, 0, 0, 0, 0, 0, 0, 0,
            0xe8, 3, 0, 0, 0xe9, 3, 0, 0, 0x39, 5, 0, 0, 0, 0, 0, 0, (byte)'a', (byte)'b', (byte)'c', 0,
        ];
        var reader = new MessageReader(message);

        var header = reader.Read<InHeader>();

        Assert.That(header, Is.EqualTo(new InHeader(44, FuseOpcode.Lookup, 16, 7, 1000, 1001, 1337, 0, 0)));
        Assert.That(reader.ReadName().ToArray(), Is.EqualTo("abc"u8.ToArray()));
        Assert.That(reader.Remaining, Is.Zero);
    }

    [Test]
    public void Two_names_follow_one_another()
    {
        var reader = new MessageReader("old\0new\0"u8);

        Assert.That(reader.ReadName().ToArray(), Is.EqualTo("old"u8.ToArray()));
        Assert.That(reader.ReadName().ToArray(), Is.EqualTo("new"u8.ToArray()));
    }

    [Test]
    public void A_message_that_ends_inside_its_structure_is_malformed() =>
        Assert.That(() => new MessageReader(new byte[39]).Read<InHeader>(), Throws.InstanceOf<MalformedMessageException>());

    [Test]
    public void A_name_without_its_zero_is_malformed() =>
        Assert.That(() => new MessageReader("abc"u8).ReadName(), Throws.InstanceOf<MalformedMessageException>());

    [Test]
    public void A_count_beyond_the_end_is_malformed() =>
        Assert.That(() => new MessageReader("abc"u8).ReadBytes(uint.MaxValue), Throws.InstanceOf<MalformedMessageException>());

    [Test]
    public void What_an_older_kernel_does_not_send_is_zero()
    {
        var reader = new MessageReader([7, 0, 0, 0, 31, 0, 0, 0, 0, 0, 2, 0, 9, 0, 0, 0]);

        Assert.That(reader.ReadGrown<InitIn>(), Is.EqualTo(new InitIn(7, 31, 131072, 9, 0)));
    }
}
