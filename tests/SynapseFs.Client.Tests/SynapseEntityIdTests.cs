namespace SynapseFs.Client.Tests;

internal sealed class SynapseEntityIdTests
{
    [TestCase("syn123", "syn123")]
    [TestCase("SYN123", "syn123")]
    [TestCase(" 123 ", "syn123")]
    [TestCase("syn123.4", "syn123.4")]
    [TestCase("123.4", "syn123.4")]
    public void Accepted_forms_are_written_one_way(string text, string expected) =>
        Assert.That(SynapseEntityId.Parse(text).ToString(), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("syn")]
    [TestCase("syn0")]
    [TestCase("syn-1")]
    [TestCase("syn12.0")]
    [TestCase("syn12.")]
    [TestCase("syn12.3.4")]
    [TestCase("syn 12")]
    [TestCase("project")]
    [TestCase("99999999999999999999")]
    public void Other_text_is_no_id(string text)
    {
        Assert.That(SynapseEntityId.TryParse(text, out _), Is.False);
        Assert.That(() => SynapseEntityId.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("syn123"));
    }
}
