using System.Text;

namespace SynapseFs.Entities.Tests;

internal sealed class NameEscapesTests
{
    private const int Rounds = 20_000;
    private const string Alphabet = "abxyzABCDEFGXYZ0123456789,_. -+()'";

    // What escapes are made of comes up often, so that some of the random names are nearly escapes, escapes, and escapes of escapes.
    private static readonly string[] Pieces =
        ["(", "(x", "(x2", "(x28)", "x28)", "(x20)", "x20)", "(xE9)", "xE9)", "(xe9)", "(x41)", "(x2F)", "(x0)", "(x1F600)", "(xD800)",
            "(x110000)", "(x00E9)", ")", " ", "  ", ".", "..", ".synapse", "%", "%2E", "%252E", "%2E%2E", "%25", "2E", "synapse"];

    private static readonly EntityNames Names = EntityNames.Escaping;

    [TestCase("reads.bam", "reads.bam")]
    [TestCase("Zähler.csv", "Z(xE4)hler.csv")]
    [TestCase("a:b?.txt", "a(x3A)b(x3F).txt")]
    [TestCase("smile 😀", "smile (x1F600)")]
    [TestCase(" a b ", "(x20)a b(x20)")]
    [TestCase(" ", "(x20)")]
    [TestCase("(xE9)", "(x28)xE9)")]
    [TestCase("(x28)xE9)", "(x28)x28)xE9)")]
    [TestCase("(x28)", "(x28)")]
    [TestCase("(xe9)", "(xe9)")]
    [TestCase("(x41)", "(x41)")]
    [TestCase("(x20)", "(x28)x20)")]
    [TestCase("a(x20)b", "a(x20)b")]
    [TestCase("(x2F)", "(x2F)")]
    [TestCase("f(x) (1)", "f(x) (1)")]
    [TestCase("%2E", ".")]
    [TestCase("%252E", "(x25)2E")]
    [TestCase("%2Esynapse", ".synapse")]
    [TestCase("100%", "100(x25)")]
    public void A_shown_name_and_its_entitys_lead_to_each_other(string shown, string name)
    {
        Assert.That(Names.ToEntity(shown), Is.EqualTo(name));
        Assert.That(Names.ToShown(name), Is.EqualTo(shown));
    }

    [TestCase(".")]
    [TestCase("..")]
    [TestCase(".synapse")]
    [TestCase("a/b")]
    [TestCase("")]
    public void What_no_directory_shows_leads_nowhere(string shown) => Assert.That(Names.ToEntity(shown), Is.Null);

    [Test]
    public void Half_a_character_leads_nowhere() => Assert.That(Names.ToEntity("a\ud83d"), Is.Null);

    [Test]
    public void Every_shown_name_comes_back_from_its_entitys()
    {
        var random = new Random(1);

        for (var round = 0; round < Rounds; round++)
        {
            var shown = RandomText(random, anySign: true);
            if (Names.ToEntity(shown) is not { } name)
                continue;
            Assert.That(NameAlphabet.IsName(name), Is.True, name);
            Assert.That(Names.ToShown(name), Is.EqualTo(shown), name);
        }
    }

    [Test]
    public void Every_entitys_name_comes_back_from_its_shown_one()
    {
        var random = new Random(2);
        var seen = new Dictionary<string, string>();

        for (var round = 0; round < Rounds; round++)
        {
            var name = RandomText(random, anySign: false).Trim(' ');
            if (!NameAlphabet.IsName(name) || name.Length > NameAlphabet.MaximumLength)
                continue;
            var shown = Names.ToShown(name);
            Assert.That(() => Vfs.FileName.Create(shown), Throws.Nothing, name);
            Assert.That(Names.ToEntity(shown), Is.EqualTo(name), shown);
            Assert.That(seen.TryAdd(shown, name) || seen[shown] == name, Is.True, shown);
        }
    }

    [Test]
    public void What_becomes_too_long_is_no_entitys_name()
    {
        Assert.That(Names.ToEntity(new string('ä', 51)), Has.Length.EqualTo(255));
        Assert.That(Names.ToEntity(new string('ä', 52)), Is.Null);
    }

    private static string RandomText(Random random, bool anySign)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 7); count > 0; count--)
        {
            text.Append(random.Next(3) switch
            {
                0 => Pieces[random.Next(Pieces.Length)],
                1 when anySign => RandomRune(random).ToString(),
                _ => Alphabet[random.Next(Alphabet.Length)].ToString(),
            });
        }
        return anySign ? text.ToString() : text.Replace("%", "").ToString();
    }

    private static Rune RandomRune(Random random)
    {
        while (true)
        {
            if (Rune.TryCreate(random.Next(random.Next(2) == 0 ? 0x180 : 0x110000), out var rune))
                return rune;
        }
    }
}
