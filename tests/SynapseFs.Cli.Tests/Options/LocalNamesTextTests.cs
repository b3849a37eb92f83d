using SynapseFs.Cli.Options;

namespace SynapseFs.Cli.Tests.Options;

internal sealed class LocalNamesTextTests
{
    private static readonly string[] Defaults = ["*~", ".#*"];

    [TestCase("", "")]
    [TestCase("*.tmp", "*.tmp")]
    [TestCase(" *.tmp , ,a b", "*.tmp|a b")]
    [TestCase("+*.tmp", "*~|.#*|*.tmp")]
    [TestCase("+*.tmp,+*.bak", "*~|.#*|*.tmp|*.bak")]
    [TestCase("*.tmp,+*.bak", "*~|.#*|*.tmp|*.bak")]
    [TestCase("+", "*~|.#*")]
    public void A_list_replaces_the_usual_one_or_adds_to_it(string text, string expected) =>
        Assert.That(string.Join('|', LocalNamesText.Parse(text, Defaults)), Is.EqualTo(expected));
}
