using SynapseFs.Cli.Output;

namespace SynapseFs.Cli.Tests.Output;

internal sealed class ShellTextTests
{
    [TestCase("/mnt/a-b_c.d+e", "/mnt/a-b_c.d+e")]
    [TestCase("/mnt/a b", "'/mnt/a b'")]
    [TestCase("it's", "'it'\\''s'")]
    [TestCase("", "''")]
    public void A_path_is_quoted_only_where_a_shell_needs_it(string path, string expected) => Assert.That(ShellText.Quote(path), Is.EqualTo(expected));
}
