using SynapseFs.Fuse.Protocol;

namespace SynapseFs.Fuse.Tests.Protocol;

public sealed class HandshakeTests
{
    private const uint EverythingOffered = uint.MaxValue;
    private const uint WritebackCache = 1 << 16;
    private const uint PosixLocks = 1 << 1;
    private const uint FlockLocks = 1 << 10;

    [Test]
    public void Only_what_is_both_offered_and_wanted_is_answered()
    {
        var answer = Handshake.Answer(new InitIn(7, 45, 131072, (uint)FuseFeatures.AsyncRead | WritebackCache, 0), passthrough: true);

        Assert.That((FuseFeatures)answer.Flags, Is.EqualTo(FuseFeatures.AsyncRead));
    }

    [Test]
    public void Locks_and_write_back_stay_with_the_kernel()
    {
        var answer = Handshake.Answer(new InitIn(7, 45, 131072, EverythingOffered, EverythingOffered), passthrough: true);

        Assert.That(answer.Flags & (PosixLocks | FlockLocks | WritebackCache), Is.Zero);
    }

    [Test]
    public void The_second_word_counts_only_with_its_own_flag()
    {
        const uint allowMmap = 1 << 4;
        var without = Handshake.Answer(new InitIn(7, 45, 0, 0, allowMmap), passthrough: true);
        var with = Handshake.Answer(new InitIn(7, 45, 0, (uint)FuseFeatures.InitExt, allowMmap), passthrough: true);

        Assert.That(without.Flags2, Is.Zero);
        Assert.That(with.Flags2, Is.EqualTo(allowMmap));
    }

    [Test]
    public void Large_requests_are_asked_for_in_pages()
    {
        var answer = Handshake.Answer(new InitIn(7, 45, 131072, EverythingOffered, 0), passthrough: true);

        Assert.That(answer.MaxWrite, Is.EqualTo(1 << 20));
        Assert.That(answer.MaxPages, Is.EqualTo(256));
        Assert.That(answer.MaxReadAhead, Is.EqualTo(131072));
    }

    [TestCase(true, true, 1u)]
    [TestCase(true, false, 0u)]
    [TestCase(false, true, 0u)]
    public void Passthrough_is_asked_for_where_it_is_offered_and_wanted(bool isOffered, bool isWanted, uint depth)
    {
        const uint passthrough = 1 << 5;
        var answer = Handshake.Answer(
            new InitIn(7, 45, 0, (uint)FuseFeatures.InitExt, isOffered ? passthrough : 0), isWanted);

        Assert.That(answer.Flags2, Is.EqualTo(depth == 0 ? 0 : passthrough));
        Assert.That(answer.MaxStackDepth, Is.EqualTo(depth));
    }

    [TestCase(7u, 31u, 31u)]
    [TestCase(7u, 99u, Handshake.Minor)]
    public void The_lower_minor_is_spoken(uint major, uint minor, uint spoken) =>
        Assert.That(Handshake.Answer(new InitIn(major, minor, 0, 0, 0), passthrough: true).Minor, Is.EqualTo(spoken));

    [TestCase(6u, 40u, true, false)]
    [TestCase(7u, 22u, true, false)]
    [TestCase(7u, 23u, false, false)]
    [TestCase(8u, 1u, false, true)]
    public void Other_majors_are_refused_or_asked_again(uint major, uint minor, bool tooOld, bool asksAgain)
    {
        var offer = new InitIn(major, minor, 0, 0, 0);

        Assert.That(Handshake.IsTooOld(offer), Is.EqualTo(tooOld));
        Assert.That(Handshake.MustAskAgain(offer), Is.EqualTo(asksAgain));
    }
}
