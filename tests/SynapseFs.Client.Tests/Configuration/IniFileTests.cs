using SynapseFs.Client.Configuration;

namespace SynapseFs.Client.Tests.Configuration;

/// <summary>Expected values were read off Python 3's RawConfigParser.</summary>
internal sealed class IniFileTests
{
    [TestCase("[default]\nauthtoken = abc", "abc")]
    [TestCase("[default]\nauthtoken: abc", "abc")]
    [TestCase("[default]\nauthtoken=a=b:c", "a=b:c")]
    [TestCase("[default]\nAuthToken = abc", "abc")]
    [TestCase("  [default]\n  authtoken = abc", "abc")]
    [TestCase("[default] trailing\nauthtoken = abc", "abc")]
    [TestCase("[default]\n# comment\n; comment\n\nauthtoken = abc", "abc")]
    [TestCase("[default]\nauthtoken = abc # not a comment", "abc # not a comment")]
    [TestCase("[default]\nauthtoken = abc\n  def", "abc\ndef")]
    [TestCase("[default]\nauthtoken = abc\n# between\n  def", "abc\ndef")]
    [TestCase("[default]\nauthtoken =\n  abc", "\nabc")]
    [TestCase("[default]\nauthtoken = abc\n\n\n[x]\n", "abc")]
    [TestCase("[default]\nauthtoken =", "")]
    [TestCase("[DEFAULT]\nauthtoken = abc\n[default]\n", "abc")]
    [TestCase("\uFEFF[default]\r\nauthtoken = abc\r\n", "abc")]
    public void A_value_reads_as_in_python(string text, string expected) =>
        Assert.That(IniFile.Parse("f", text).Get("default", "authtoken"), Is.EqualTo(expected));

    [TestCase("[Default]\nauthtoken = abc")]
    [TestCase("[default]\nusername = abc")]
    [TestCase("")]
    public void What_is_not_there_is_null(string text) => Assert.That(IniFile.Parse("f", text).Get("default", "authtoken"), Is.Null);

    [TestCase("authtoken = SECRET", 1, "before the first")]
    [TestCase("[default]\nSECRET", 2, "neither")]
    [TestCase("[default]\n= SECRET", 2, "neither")]
    [TestCase("[default]\nauthtoken = SECRET\nAUTHTOKEN = SECRET", 3, "twice")]
    [TestCase("[default]\n[x]\n[default]", 3, "twice")]
    public void A_broken_line_is_named_by_number_and_not_quoted(string text, int line, string why) =>
        Assert.That(() => IniFile.Parse("/home/a/.synapseConfig", text), Throws.TypeOf<SynapseConfigurationException>()
            .With.Message.Contains($"/home/a/.synapseConfig, line {line}").And.Message.Contains(why).And.Message.Not.Contains("SECRET"));
}
