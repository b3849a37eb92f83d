namespace SynapseFs.Entities.Tests;

internal sealed class EntityNamesTests
{
    [TestCase("reads.bam", "reads.bam")]
    [TestCase(".", "%2E")]
    [TestCase("..", "%2E%2E")]
    [TestCase(".synapse", "%2Esynapse")]
    [TestCase("...", "...")]
    [TestCase(".synapse2", ".synapse2")]
    [TestCase("with space, plus+ and 'quotes' (1).", "with space, plus+ and 'quotes' (1).")]
    [TestCase("old/name", "old%2Fname")]
    [TestCase("100%", "100%25")]
    [TestCase("%2E", "%252E")]
    public void A_name_and_what_is_shown_for_it_lead_to_each_other(string name, string shown)
    {
        Assert.That(EntityNames.Plain.ToShown(name), Is.EqualTo(shown));
        Assert.That(EntityNames.Plain.ToEntity(shown), Is.EqualTo(name));
    }

    [TestCase(".synapse")]
    [TestCase("%2e")]
    [TestCase("%2Ex")]
    [TestCase("a%")]
    [TestCase("a%2")]
    [TestCase("%zz")]
    [TestCase("samples%syn5.json")]
    public void What_no_entity_is_shown_as_leads_nowhere(string shown) => Assert.That(EntityNames.Plain.ToEntity(shown), Is.Null);

    [Test]
    public void Every_shown_name_is_a_file_name()
    {
        var names = new[] { ".", "..", ".synapse", "a/b", "a\0b", new string('%', 256), new string('n', 256) };

        Assert.That(() => names.Select(name => Vfs.FileName.Create(EntityNames.Plain.ToShown(name))).ToList(), Throws.Nothing);
    }

    [TestCase("samples", false, "samples.json")]
    [TestCase("samples", true, "samples%syn5.json")]
    [TestCase("..", false, "...json")]
    [TestCase("50%syn7", false, "50%25syn7.json")]
    public void A_documents_name_can_be_taken_apart(string name, bool isTaken, string shown)
    {
        Assert.That(EntityNames.ToDocument(name, "syn5", isTaken), Is.EqualTo(shown));
        Assert.That(EntityNames.ParseDocument(shown), Is.EqualTo(new DocumentName(name, isTaken ? "syn5" : null)));
    }

    [TestCase(".json")]
    [TestCase("samples.txt")]
    [TestCase("%syn5.json")]
    [TestCase("50%.json")]
    public void What_is_no_documents_name_is_not_taken_apart(string shown) => Assert.That(EntityNames.ParseDocument(shown), Is.Null);
}
