using SynapseFs.Entities.Capturing;

namespace SynapseFs.Entities.Tests.Capturing;

internal sealed class CommandTextTests
{
    [TestCase("sort a", "sort", "a")]
    [TestCase("python3 x.py --n=3", "/usr/bin/python3", "x.py", "--n=3")]
    [TestCase("grep 'a b' 'it'\\''s' ''", "grep", "a b", "it's", "")]
    [TestCase("x --token=*** --API_KEY *** -v y", "x", "--token=abc", "--API_KEY", "abc", "-v", "y")]
    [TestCase("x --db-password *** MY_SECRET=*** z", "x", "--db-password", "abc", "MY_SECRET=abc", "z")]
    [TestCase("x --password -y z", "x", "--password", "-y", "z")]
    public void A_command_is_told_without_its_secrets(string text, params string[] arguments) =>
        Assert.That(CommandText.Of(arguments), Is.EqualTo(text));

    [Test]
    public void A_long_one_is_cut() =>
        Assert.That(CommandText.Of(["cat", .. Enumerable.Repeat("file", 1000)]), Has.Length.EqualTo(1000).And.EndsWith("…"));
}
