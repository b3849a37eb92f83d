using SynapseFs.Cli.Serving;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Serving;

internal sealed class ImportTests
{
    [TestCase("reads.bam", "reads.bam")]
    [TestCase("a b+c's (1).txt", "a b+c's (1).txt")]
    [TestCase("a&b#c.txt", "a_b_c.txt")]
    [TestCase("größe.txt", "gr__e.txt")]
    [TestCase("😀", "_")]
    [TestCase("  ", "_")]
    public void A_name_is_changed_only_where_Synapse_refuses_it(string name, string expected) =>
        Assert.That(EntityName.From(name), Is.EqualTo(expected));

    [Test]
    public void A_name_is_at_most_256_characters_long() => Assert.That(EntityName.From(new string('a', 300)), Has.Length.EqualTo(256));

    [Test]
    public void A_folder_becomes_a_project_of_its_name_or_of_the_one_given()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("data"));

        Assert.That(ImportRequest.Parse(folder.Combine("data")), Is.EqualTo(new ImportRequest(folder.Combine("data"), "data")));
        Assert.That(ImportRequest.Parse(folder.Combine("data") + "=My project"), Is.EqualTo(new ImportRequest(folder.Combine("data"), "My project")));
    }

    [Test]
    public void A_folder_that_does_not_exist_is_named() =>
        Assert.That(() => ImportRequest.Parse("/no/such/folder=Name"), Throws.TypeOf<CliException>().With.Message.Contains("/no/such/folder does not exist"));

    [Test]
    public void Users_are_read_one_a_line()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("users"), "# two of them\nada:token-1\n\n bob : token:2 \n");

        Assert.That(AccountFile.Read(folder.Combine("users")).Select(user => (user.Name, user.Token)), Is.EqualTo(new[] { ("ada", "token-1"), ("bob", "token:2") }));
    }

    [Test]
    public void A_line_that_is_no_user_is_named_without_its_text()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("users"), "ada:token-1\njust-a-token\n");

        Assert.That(() => AccountFile.Read(folder.Combine("users")), Throws.TypeOf<CliException>().With.Message.Contains("Line 2").And.Message.Not.Contain("just-a-token"));
    }
}
