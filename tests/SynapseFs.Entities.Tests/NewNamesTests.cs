using NUnit.Framework.Constraints;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests;

internal sealed class NewNamesTests
{
    [TestCase("reads.bam")]
    [TestCase("with space, plus+ and 'quotes' (1).")]
    [TestCase(".hidden")]
    [TestCase("...")]
    public void What_synapse_takes_is_taken(string name)
    {
        Assert.That(() => NewNames.Check(EntityNames.Plain, name), Throws.Nothing);
        Assert.That(() => NewNames.Check(EntityNames.Escaping, name), Throws.Nothing);
    }

    [TestCase("Zähler.csv", "'ä' (U+00E4)")]
    [TestCase("a:b", "':' (U+003A)")]
    [TestCase("a\nb", "the sign U+000A")]
    [TestCase("100%", "'%' (U+0025)")]
    [TestCase(" a", "blank")]
    [TestCase("a ", "blank")]
    public void What_synapse_does_not_take_is_refused_with_the_sign_and_a_remedy(string name, string named)
    {
        var refused = Assert.Throws<FsException>(() => NewNames.Check(EntityNames.Plain, name))!;

        Assert.That(refused.Error, Is.EqualTo(FsError.InvalidArgument));
        Assert.That(refused.Message, Does.Contain($"'{name}'").And.Contain(named).And.Contain("--names=escape"));
        Assert.That(() => NewNames.Check(EntityNames.Escaping, name), Throws.Nothing);
    }

    [TestCase(".synapse")]
    [TestCase("%2E")]
    [TestCase("%2E%2E")]
    [TestCase(".")]
    [TestCase("")]
    public void What_a_directory_keeps_for_itself_is_refused_in_both_ways(string name)
    {
        Assert.That(() => NewNames.Check(EntityNames.Plain, name), Refuses(FsError.InvalidArgument));
        Assert.That(() => NewNames.Check(EntityNames.Escaping, name), Refuses(FsError.InvalidArgument));
    }

    [Test]
    public void A_name_may_have_256_characters_and_no_more()
    {
        Assert.That(() => NewNames.Check(EntityNames.Plain, new string('n', 256)), Throws.Nothing);
        Assert.That(() => NewNames.Check(EntityNames.Plain, new string('n', 257)), Refuses(FsError.NameTooLong));
        Assert.That(() => NewNames.Check(EntityNames.Escaping, new string('n', 257)), Refuses(FsError.NameTooLong));
    }

    [Test]
    public void Written_as_escapes_a_name_may_become_too_long()
    {
        Assert.That(() => NewNames.Check(EntityNames.Escaping, new string('ä', 51)), Throws.Nothing);
        Assert.That(() => NewNames.Check(EntityNames.Escaping, new string('ä', 52)), Refuses(FsError.NameTooLong));
    }

    [Test]
    public void Half_a_character_is_no_name() =>
        Assert.That(() => NewNames.Check(EntityNames.Escaping, "a\ud83d"), Refuses(FsError.InvalidArgument));

    private static EqualConstraint<FsError> Refuses(FsError error) =>
        Throws.TypeOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(error);
}
